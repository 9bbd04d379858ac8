import OpenSSHKeys
import Testing

struct AddressTests {
    @Test func `addresses are read and written in the standard notation`() {
        for text in ["192.0.2.7", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1"] {
            #expect(IPAddress(text)?.description == text)
        }
        #expect(IPAddress("2001:0DB8:0:0:0:0:0:1")?.description == "2001:db8::1")
    }

    @Test(arguments: [
        "", " 1.2.3.4", "1.2.3", "127.1", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\0", "0x7f.1", "localhost",
        "1.2.3.4:22",
        "fe80::1%eth0", ":::", "1::2::3", "[::1]", "::ffff:1.2.3", "12345::", "::1/128",
    ])
    func `other notations are no address`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `an IPv4-mapped address is the IPv4 address`() throws {
        let plain = try #require(IPAddress("192.0.2.7"))
        #expect(IPAddress("::ffff:192.0.2.7") == plain)
        #expect(IPAddress("::ffff:c000:207") == plain)
        #expect(IPAddress(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 7]) == plain)
        #expect(IPAddress("::192.0.2.7") != plain)
        #expect(plain.isIPv4)
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }

    struct Membership: Sendable, CustomTestStringConvertible {
        let range: String
        let inside: [String]
        let outside: [String]
        var testDescription: String { range }
    }

    @Test(arguments: [
        Membership(
            range: "10.0.0.0/8", inside: ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"],
            outside: ["9.255.255.255", "11.0.0.0", "::"]),
        Membership(range: "192.0.2.7", inside: ["192.0.2.7"], outside: ["192.0.2.6", "::7"]),
        Membership(range: "192.0.2.6/31", inside: ["192.0.2.6", "192.0.2.7"], outside: ["192.0.2.5", "192.0.2.8"]),
        Membership(range: "0.0.0.0/0", inside: ["1.2.3.4", "::ffff:1.2.3.4"], outside: ["::", "2001:db8::1"]),
        Membership(range: "::/0", inside: ["::1", "2001:db8::1"], outside: ["127.0.0.1", "::ffff:127.0.0.1"]),
        Membership(range: "2001:db8::/33", inside: ["2001:db8:7fff::1"], outside: ["2001:db8:8000::", "2001:db9::"]),
        Membership(range: "::ffff:10.0.0.0/104", inside: ["10.1.2.3"], outside: ["11.0.0.0", "::1"]),
        Membership(range: "::ffff:0:0/96", inside: ["10.1.2.3"], outside: ["::1"]),
    ])
    func `a range has its addresses and no others`(_ membership: Membership) throws {
        let range = try #require(AddressRange(membership.range))
        for text in membership.inside { #expect(range.contains(try #require(IPAddress(text))), "\(text)") }
        for text in membership.outside { #expect(!range.contains(try #require(IPAddress(text))), "\(text)") }
        #expect(AddressRange(range.description) == range)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.1/8",
        "::1/64", "::/129",
        "10.0.0.0/ 8", "10.0.0.0/8 ", "10/8", "::ffff:0:0/95", "10.0.0.0/255.0.0.0", "2001:db8::/32\0", "10.0.0.0/٨", "*",
    ])
    func `what is no range is refused, and so is one with bits after its prefix`(_ text: String) {
        #expect(AddressRange(text) == nil)
    }
}
