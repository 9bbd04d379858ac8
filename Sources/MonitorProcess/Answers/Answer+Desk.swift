internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Synchronization

extension ConnectionMonitor {
    /// `ssh bastion`, with or without words.
    func answerDesk(_ command: [UInt8]) -> MonitorReply {
        let (client, identity) = state.withLock { ($0.client, $0.identity) }
        guard let client, let identity else { preconditionFailure("the desk serves users who are logged in") }
        let now = bastion.now()
        let reachable = bastion.running.access.reachableTargets(user: identity.name, from: client.ip, at: now.milliseconds)
        let desk = DeskText(
            user: identity.name, serial: identity.serial, validUntil: identity.validBefore, now: now,
            targets: reachable.map { target, logins in
                DeskText.Row(target: target.name, aliases: target.aliases, logins: logins)
            })
        // With a force-command there is nothing else that the user asked for.
        let words = identity.forcedCommand == nil ? command : []
        logger.info("desk", metadata: ["command": "\(escaped(command))"])
        return .desk(desk.reply(to: words))
    }
}
