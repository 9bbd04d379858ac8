import Testing

@testable import Policy

struct KubernetesTests {
    private func answer(
        verbs: [String] = [], resources: [String] = [], namespaces: [String] = [], to line: String
    ) throws -> Answer {
        var matcher = KubernetesMatcher()
        matcher.verbs = try verbs.map { try #require(KubernetesVerb($0)) }
        matcher.resources = try resources.map { try #require(KubernetesResourcePattern($0)) }
        matcher.namespaces = try namespaces.map { try #require(GlobProgram(text: $0)) }
        return CommandReader.read(line).commands.map { Answer(matcher.match(CommandFacts($0, in: Situation()))) }.max() ?? .no
    }

    @Test(arguments: [
        Vector(.yes, "kubectl delete pod x"), Vector(.yes, "kubectl -n prod delete pod x"),
        Vector(.yes, "kubectl --context x --user=y delete -f z"),
        Vector(.yes, "kubectl --v 9 delete pod x"), Vector(.yes, "oc delete project x"), Vector(.yes, "k3s kubectl delete pod x"),
        Vector(.yes, "microk8s kubectl delete pod x"), Vector(.yes, "minikube kubectl -- delete pod x"),
        Vector(.yes, "sudo kubectl delete pod x"),
        Vector(.yes, "/usr/local/bin/kubectl delete pod x"), Vector(.maybe, "kubectl $x pod y"),
        Vector(.maybe, "kubectl \"$x\" delete pod y"),
        Vector(.maybe, "$x delete pod y"), Vector(.no, "kubectl get pod delete"), Vector(.no, "kubectl -n delete get pods"),
        Vector(.no, "echo kubectl delete"),
        Vector(.no, "kubectl"), Vector(.no, "kubectl get pods $x"),
    ])
    func `the verb is found behind the options`(vector: Vector) throws {
        #expect(try answer(verbs: ["delete"], to: vector.line) == vector.expected)
    }

    @Test func `a verb can have two words, and be a glob`() throws {
        #expect(try answer(verbs: ["rollout restart"], to: "kubectl rollout restart deploy/web") == .yes)
        #expect(try answer(verbs: ["rollout restart"], to: "kubectl rollout status deploy/web") == .no)
        #expect(try answer(verbs: ["rollout restart"], to: "kubectl rollout $x") == .maybe)
        #expect(try answer(verbs: ["drain"], to: "oc adm drain node1") == .yes)
        #expect(try answer(verbs: ["port-*"], to: "kubectl port-forward pod/x 80") == .yes)
    }

    @Test(arguments: [
        Vector(.yes, "kubectl get secrets"), Vector(.yes, "kubectl get secret x"), Vector(.yes, "kubectl get Secret/x -o yaml"),
        Vector(.yes, "kubectl get pods,secrets"), Vector(.yes, "kubectl get secret.v1. x"),
        Vector(.yes, "kubectl create secret generic x"),
        Vector(.yes, "kubectl get pod/x secret/y"), Vector(.yes, "kubectl delete secret --all"), Vector(.maybe, "kubectl get $x"),
        Vector(.maybe, "kubectl apply -f x.yaml"), Vector(.maybe, "kubectl delete -fx.yaml"),
        Vector(.maybe, "kubectl get --raw /api/v1/secrets"),
        Vector(.maybe, "helm upgrade x y"), Vector(.maybe, "kubectl get pod,$x"), Vector(.no, "kubectl get pods secrets"),
        Vector(.no, "kubectl get cm"),
        Vector(.no, "kubectl logs secret"), Vector(.no, "kubectl get pods"), Vector(.no, "kubectl logs -f web"),
        Vector(.no, "kubectl config view"),
    ])
    func `a resource has many names`(vector: Vector) throws {
        #expect(try answer(resources: ["secrets"], to: vector.line) == vector.expected)
    }

    @Test func `short names, singulars and plurals are one`() throws {
        for name in ["po", "pod", "pods", "PODS"] {
            #expect(try answer(resources: [name], to: "kubectl get po") == .yes)
            #expect(try answer(resources: ["pods"], to: "kubectl get \(name)") == .yes)
        }
        #expect(try answer(resources: ["networkpolicy"], to: "kubectl get netpol") == .yes)
        #expect(try answer(resources: ["widgets"], to: "kubectl get widget") == .yes)
        #expect(try answer(resources: ["policies"], to: "kubectl get policy") == .yes)
        #expect(try answer(resources: ["pods"], to: "kubectl get all") == .yes)
        #expect(try answer(resources: ["secrets"], to: "kubectl get all") == .no)
        #expect(try answer(resources: ["cluster*"], to: "kubectl get clusterrole") == .yes)
    }

    @Test func `verbs about pods and nodes say so themselves`() throws {
        for line in [
            "kubectl exec -it web -- sh", "kubectl port-forward web 80", "kubectl cp x web:/y", "kubectl attach web",
            "kubectl debug web",
        ] {
            #expect(try answer(resources: ["pods"], to: line) == .yes, "\(line)")
        }
        #expect(try answer(resources: ["nodes"], to: "kubectl drain n1") == .yes)
        #expect(try answer(resources: ["nodes"], to: "kubectl debug node/n1 -it") == .yes)
        #expect(try answer(resources: ["deployments"], to: "kubectl exec deploy/web -- sh") == .yes)
    }

    @Test func `a name can be asked about`() throws {
        #expect(try answer(resources: ["secrets/prod-*"], to: "kubectl get secret prod-db") == .yes)
        #expect(try answer(resources: ["secrets/prod-*"], to: "kubectl get secret test-db") == .no)
        #expect(try answer(resources: ["secrets/prod-*"], to: "kubectl get secrets") == .yes)
        #expect(try answer(resources: ["secrets/prod-*"], to: "kubectl get secret $x") == .maybe)
    }

    @Test(arguments: [
        Vector(.yes, "kubectl -n kube-system delete pod x"), Vector(.yes, "kubectl delete pod x --namespace=kube-system"),
        Vector(.yes, "kubectl delete pod x -nkube-system"), Vector(.yes, "kubectl delete pods -A"),
        Vector(.yes, "kubectl delete pods --all-namespaces"),
        Vector(.yes, "kubectl delete ns kube-system"), Vector(.yes, "kubectl cp kube-system/x:/a b"),
        Vector(.maybe, "kubectl delete pod x"),
        Vector(.maybe, "kubectl -n $x delete pod y"), Vector(.maybe, "kubectl -n web delete pod $x"),
        Vector(.maybe, "helm uninstall x"),
        Vector(.no, "kubectl -n web delete pod x"), Vector(.no, "kubectl delete ns web"), Vector(.no, "kubectl drain n1"),
        Vector(.yes, "HELM_NAMESPACE=kube-system helm uninstall x"), Vector(.yes, "helm -n kube-system uninstall x"),
    ])
    func `a namespace that is not named can be any`(vector: Vector) throws {
        #expect(try answer(namespaces: ["kube-*"], to: vector.line) == vector.expected)
    }

    @Test func `helm's verbs have one name`() throws {
        for line in ["helm uninstall x", "helm delete x", "helm -n y un x", "microk8s helm3 uninstall x"] {
            #expect(try answer(verbs: ["uninstall"], to: line) == .yes, "\(line)")
        }
        #expect(try answer(verbs: ["uninstall"], to: "helm list") == .no)
    }

    @Test func `a milder rule has to cover all that is asked for`() throws {
        var matcher = KubernetesMatcher()
        matcher.verbs = [try #require(KubernetesVerb("get"))]
        matcher.resources = [try #require(KubernetesResourcePattern("pods"))]
        let policy = PolicyRules(default: .block, uncertain: .block, rules: [PolicyRule("a", [.kubernetes(matcher)], .allow)])
        func verdict(_ line: String) -> PolicyVerdict { policy.judge(command: Array(line.utf8), in: Situation()).verdict }
        #expect(verdict("kubectl get pods") == .allow)
        #expect(verdict("kubectl get pods,secrets") == .block)
        #expect(verdict("kubectl get pods -f x") == .block)
        #expect(verdict("kubectl get pods $x") == .block)
    }

    @Test func `a command with more words than are looked at is in doubt`() throws {
        let line = "kubectl get pods " + String(repeating: "x ", count: 2000)
        #expect(try answer(namespaces: ["kube-system"], to: line) == .maybe)
    }
}
