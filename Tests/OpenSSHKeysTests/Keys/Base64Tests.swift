import Foundation
import OpenSSHKeys
import Testing

struct Base64Tests {
    @Test func `base64 agrees with Foundation at every length`() {
        for length in 0..<200 {
            let bytes = randomBytes(length)
            let text = Data(bytes).base64EncodedString()
            #expect(Base64.encode(bytes) == text)
            #expect(Base64.decode(text) == bytes)
            #expect(Base64.encode(bytes, padding: false) == text.replacing("=", with: ""))
        }
    }

    @Test(arguments: [
        "A", "AA", "AAA", "====", "A===", "AB==", "AAB=", "AA=A", "AAAA=", "AAAA====", "AA A", "AAA\n", "AAA-", "AAAé",
    ])
    func `text that is not canonical base64 is refused`(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
