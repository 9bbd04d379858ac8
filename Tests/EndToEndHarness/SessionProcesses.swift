package import Foundation

/// A `sallyport-session` as /proc shows it.
package struct SessionProcess {
    package let process: pid_t

    package init(process: pid_t) { self.process = process }

    /// A line of /proc/PID/status.
    package func status(_ name: String) -> String? {
        contents(of: "/proc/\(process)/status").split(separator: "\n").first { $0.hasPrefix(name + ":") }?
            .split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }

    /// What each descriptor leads to.
    package var descriptors: [Int: String] {
        let folder = "/proc/\(process)/fd"
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Dictionary(
            uniqueKeysWithValues: numbers.compactMap { name in
                guard let number = Int(name),
                    let leads = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
                else { return nil }
                return (number, leads)
            })
    }

    /// The open flags of a descriptor, as fcntl(2) has them.
    package func flags(of descriptor: Int) -> Int32? {
        contents(of: "/proc/\(process)/fdinfo/\(descriptor)").split(separator: "\n").first { $0.hasPrefix("flags:") }?
            .split(separator: "\t").last.flatMap { Int32($0, radix: 8) }
    }
}

extension Instance {
    /// The children of the daemon, waiting ones and busy ones.
    package func sessionProcesses() -> [SessionProcess] {
        guard let daemon else { return [] }
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
        return processes.filter { process in
            let fields = contents(of: "/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && fields[0] != "Z" && fields[1] == "\(daemon.process)"
        }.sorted().map(SessionProcess.init)
    }

    /// The one that has a recording open.
    package func busySessionProcess() -> pid_t? {
        sessionProcesses().first { $0.descriptors.values.contains { $0.hasSuffix(".cast") } }?.process
    }
}
