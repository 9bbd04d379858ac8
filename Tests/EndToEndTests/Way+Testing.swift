import EndToEndHarness
import Testing

extension Way: CustomTestStringConvertible {
    var testDescription: String { self == .jump ? "ssh -J bastion root@web1" : "ssh root@web1@bastion" }
}
