/// The names of resource types: singular, plural and short names are one. From `kubectl api-resources` of Kubernetes 1.31 and OpenShift 4.16.
enum KubernetesResources {
    /// The plural, in lower case, without a group or version: `po`, `Pods`, `pods.v1.` are `pods`. A type that is not in the table is written
    /// like one: `certificate` and `certificates` are one too.
    static func plural(_ name: String) -> String {
        let type = String(name.lowercased().prefix { $0 != "." })
        if let known = plurals[type] { return known }
        if type.hasSuffix("ies"), type.utf8.count > 4 { return type }
        if type.hasSuffix("y") { return type.dropLast() + "ies" }
        for ending in ["s", "x", "ch", "sh"] where type.hasSuffix(ending) {
            // `classes`, `meshes` are plurals already; of `class` nobody can tell but by the table.
            return ending == "s" ? type : type + "es"
        }
        return type + "s"
    }

    /// What `all` stands for (the category of that name).
    static let all: Set<String> = [
        "pods", "services", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs",
        "replicationcontrollers",
        "horizontalpodautoscalers", "deploymentconfigs", "buildconfigs", "builds", "imagestreams", "routes",
    ]

    /// Those that are in no namespace.
    static let ofCluster: Set<String> = [
        "nodes", "namespaces", "projects", "persistentvolumes", "clusterroles", "clusterrolebindings",
        "customresourcedefinitions",
        "storageclasses", "ingressclasses", "priorityclasses", "runtimeclasses", "volumeattachments", "csidrivers", "csinodes",
        "mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies", "apiservices",
        "certificatesigningrequests", "componentstatuses", "flowschemas", "prioritylevelconfigurations", "podsecuritypolicies",
        "clusterversions", "clusteroperators", "securitycontextconstraints", "users", "groups", "identities", "oauths",
    ]

    private static let plurals: [String: String] = {
        var plurals: [String: String] = [:]
        for line in table {
            let names = line.split(separator: " ").map(String.init)
            for name in names { plurals[name] = names[0] }
        }
        return plurals
    }()

    /// The plural first, then the singular and the short names.
    private static let table = [
        "pods pod po", "services service svc", "deployments deployment deploy", "replicasets replicaset rs",
        "statefulsets statefulset sts", "daemonsets daemonset ds", "jobs job", "cronjobs cronjob cj",
        "replicationcontrollers replicationcontroller rc", "horizontalpodautoscalers horizontalpodautoscaler hpa",
        "poddisruptionbudgets poddisruptionbudget pdb", "secrets secret", "configmaps configmap cm",
        "serviceaccounts serviceaccount sa", "namespaces namespace ns", "nodes node no", "events event ev",
        "persistentvolumes persistentvolume pv", "persistentvolumeclaims persistentvolumeclaim pvc",
        "volumesnapshots volumesnapshot vs", "storageclasses storageclass sc", "endpoints endpoint ep",
        "endpointslices endpointslice", "ingresses ingress ing", "ingressclasses ingressclass",
        "networkpolicies networkpolicy netpol", "roles role", "rolebindings rolebinding", "clusterroles clusterrole",
        "clusterrolebindings clusterrolebinding", "resourcequotas resourcequota quota", "limitranges limitrange limits",
        "priorityclasses priorityclass pc", "runtimeclasses runtimeclass", "leases lease",
        "customresourcedefinitions customresourcedefinition crd crds", "apiservices apiservice",
        "mutatingwebhookconfigurations mutatingwebhookconfiguration",
        "validatingwebhookconfigurations validatingwebhookconfiguration",
        "validatingadmissionpolicies validatingadmissionpolicy", "certificatesigningrequests certificatesigningrequest csr",
        "componentstatuses componentstatus cs", "podtemplates podtemplate", "podsecuritypolicies podsecuritypolicy psp",
        "controllerrevisions controllerrevision", "csidrivers csidriver", "csinodes csinode",
        "volumeattachments volumeattachment", "certificates certificate cert certs", "issuers issuer",
        "clusterissuers clusterissuer",
        "gateways gateway gtw", "httproutes httproute", "projects project", "routes route",
        "deploymentconfigs deploymentconfig dc",
        "buildconfigs buildconfig bc", "builds build", "imagestreams imagestream is", "imagestreamtags imagestreamtag istag",
        "securitycontextconstraints scc", "clusterversions clusterversion", "clusteroperators clusteroperator co",
        "externalsecrets externalsecret es", "sealedsecrets sealedsecret", "all",
    ]
}
