/// What most tests need: a target, a bastion before it, and alice with a certificate. All of it ends with the test.
package final class Scene {
    package let target: Target
    package let bastion: Instance
    package let alice: User

    package init(
        targetSettings: [String] = [], hostKeyTypes: [String] = ["ed25519"], bastionLines: [String] = [],
        policy: String = Instance.permissivePolicy
    ) throws {
        target = try Target(hostKeyTypes: hostKeyTypes, settings: targetSettings)
        bastion = try .before(target, lines: bastionLines, policy: policy)
        alice = try User("alice", of: bastion)
    }
}
