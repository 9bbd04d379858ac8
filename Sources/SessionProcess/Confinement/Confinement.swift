internal import CSystem
internal import Glibc
internal import MonitorProtocol

/// How a session process gives up everything but its inherited descriptors, before it reads the first byte of a client.
///
/// Afterwards it may talk through the sockets that it was handed, append to its recordings, and compute; it cannot open, create, make,
/// connect, start or signal anything (docs/decisions/0002-confinement.md). Libraries that open files on first use must have done so before: libssh
/// (ssh_init), and OpenSSL, which reads openssl.cnf at its first algorithm and not at ssh_init.
enum Confinement {
    /// Confines this process, or ends it with a line on standard error and the failed step's exit status.
    ///
    /// - Parameter arguments: `CommandLine.arguments`, with the program's name.
    static func confineOrExit(arguments: [String]) {
        do {
            try confine(SessionArguments(parsing: Array(arguments.dropFirst())))
        } catch let mistake as SessionArguments.Mistake {
            end(ConfinementError(.arguments, "unknown argument \(mistake.argument)"))
        } catch let error as ConfinementError {
            end(error)
        } catch {
            end(ConfinementError(.arguments, "\(error)"))
        }
    }

    /// Takes the steps of `ConfinementStep` in their order. Each checks its own effect, so that one that silently did nothing is a failure.
    private static func confine(_ arguments: SessionArguments) throws(ConfinementError) {
        // Everything below confines the calling thread.
        try take(.singleThread, "there is more than one thread", csystem_check_single_thread())
        try take(.inheritedDescriptors, "descriptors", csystem_close_from(InheritedDescriptors.monitor + 1))
        try take(.signals, "crashes are handled", csystem_reset_signals())
        try take(.noNewPrivileges, "privileges could come back", csystem_set_no_new_privileges())
        try becomeNobody(arguments)
        try take(.capabilities, "capabilities are left", csystem_drop_capabilities())
        try limitResources(arguments)
        try take(.notDumpable, "others could read this memory", csystem_set_not_dumpable())
        try restrictFiles(arguments)
        try take(.systemCallFilter, "no system call filter", csystem_load_filter())
    }

    /// Own user and group, when the monitor could give us some. Otherwise the user of the monitor, which must not be root.
    private static func becomeNobody(_ arguments: SessionArguments) throws(ConfinementError) {
        guard let user = arguments.user else {
            if csystem_is_root() != 0 { throw ConfinementError(.user, "started as root without --uid") }
            return
        }
        // While we still have CAP_SETPCAP. Without --uid there is none: then no_new_privs and the empty sets below have to do.
        try take(.boundingCapabilities, "capabilities could come back", csystem_drop_bounding_capabilities())
        try take(.group, "not group \(user)", csystem_set_group(user))
        try take(.user, "not user \(user)", csystem_set_user(user))
    }

    private static func limitResources(_ arguments: SessionArguments) throws(ConfinementError) {
        var limits = csystem_limits(
            open_files: mostOpenFiles, memory_bytes: mostMemoryBytes, file_bytes: arguments.largestRecording ?? .max)
        try take(.limits, "resources are not limited", csystem_set_limits(&limits))
    }

    private static func restrictFiles(_ arguments: SessionArguments) throws(ConfinementError) {
        let result = csystem_restrict_with_landlock()
        if arguments.landlockIsOptional && (result == -ENOSYS || result == -EOPNOTSUPP) { return }
        try take(.landlock, "files are not out of reach", result)
    }

    /// Descriptors of 32 channels on as many connections to targets are below 300.
    private static let mostOpenFiles: UInt64 = 1024
    /// Address space. A session starts with 25 MiB of it; the rest is many times what the buffers of all channels may hold.
    private static let mostMemoryBytes: UInt64 = 1 << 30

    private static func take(_ step: ConfinementStep, _ words: String, _ result: Int32) throws(ConfinementError) {
        if result != 0 { throw ConfinementError(step, code: -result, words) }
    }

    private static func end(_ error: ConfinementError) -> Never {
        let line = Array("\(error.message)\n".utf8)
        _ = write(InheritedDescriptors.log, line, line.count)
        exit(error.step.exitStatus)
    }
}
