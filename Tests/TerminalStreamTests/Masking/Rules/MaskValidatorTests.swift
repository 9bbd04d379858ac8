import TerminalStream
import Testing

/// Published numbers, and each of them with one digit changed.
@Suite struct MaskValidatorTests {
    struct Vector: CustomTestStringConvertible {
        let validator: MaskValidator
        let value: String
        var testDescription: String { "\(validator) \(value)" }
    }

    private static func vectors(_ validator: MaskValidator, _ values: String...) -> [Vector] {
        values.map { Vector(validator: validator, value: $0) }
    }

    /// The networks' and payment providers' test numbers, the examples of SWIFT's registry and of the authorities.
    static let checked: [Vector] =
        vectors(
            .card, "4111111111111111", "4012888888881881", "4222222222222", "5555555555554444", "4242 4242 4242 4242",
            "4000 0000 0000 0002", "2223003122003222",
            "2223000048400011", "378282246310005",
            "3714 496353 98431", "6011111111111117", "6011-0009-9013-9424", "30569309025904", "38520000023237", "36227206271667",
            "3530111333300000",
            "3566002020360505", "6200000000000005", "6759649826438453", "5019717010103742")
        + vectors(
            .iban, "DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606", "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
            "CH9300762011623852957", "NL91ABNA0417164300", "SE4550000000058398257466", "BE68539007547034",
            "ES9121000418450200051332",
            "IT60X0542811101000000123456", "PL61109010140000071219812874", "SA0380000000608010167519",
            "BR1800360305000010009795493C1",
            "LC55HEMM000100010012001200023015", "XK051212012345678906")
        + vectors(.nhsNumber, "9434765919", "943 476 5919") + vectors(.germanTax, "86095742719", "47036892816", "65929970489")
        + vectors(.spanishIdentity, "12345678Z", "X1234567L") + vectors(.brazilianCPF, "111.444.777-35")
        + vectors(.aadhaar, "2341 2341 2346")
        + vectors(.pesel, "44051401359")
        + vectors(
            .frenchNIR, "255081416802538", "1 85 05 2A 123 456 33", "1 85 05 2B 123 456 60", "185229912611149", "785059912611159")
        + vectors(.canadianSIN, "046 454 286", "130 692 544") + vectors(.dutchBSN, "111222333", "123456782")
        + vectors(.australianTFN, "123 456 782") + vectors(.swedishIdentity, "811228-9874", "19811228-9874", "670919-9530")
        + vectors(.italianFiscal, "RSSMRA85T10A562S", "MRTMTT25D09F205Z", "RSSMRA85T10A56NH")

    @Test(arguments: checked)
    func `a published number is one, and no longer with its last digit changed`(_ vector: Vector) throws {
        var bytes = Array(vector.value.utf8)
        #expect(vector.validator.accepts(bytes[...]))
        let place = try #require(bytes.lastIndex { $0 >= 0x30 && $0 <= 0x39 })
        bytes[place] = bytes[place] == 0x39 ? 0x30 : bytes[place] + 1
        #expect(!vector.validator.accepts(bytes[...]))
    }

    @Test(arguments: [
        ("Mir", "2200123456789019"), ("RuPay", "5085001234567890"), ("Troy", "9792001234567890"), ("Verve", "5060991234567890"),
        ("Elo", "5066991234567890"),
        ("InstaPayment", "6370001234567890"), ("InterPayment", "6360001234567890"), ("Visa", "4123456789012345678"),
        ("UnionPay", "6212345678901234567"), ("UnionPay", "8101234567890123"), ("RuPay", "8201234567890123"),
        ("RuPay", "6070001234567890"), ("Troy", "9792991234567890"), ("Elo", "5041751234567890"),
        ("Hipercard", "6062821234567890"), ("Naranja", "5895621234567890"), ("Diners Club", "3612345678901234567"),
    ])
    func `every network has its range`(_ network: String, _ number: String) throws {
        // The last digit is made to be the check digit.
        let digits = Array(number.utf8.dropLast())
        let accepted = (UInt8(0x30)...0x39).filter { MaskValidator.card.accepts((digits + [$0])[...]) }
        #expect(accepted.count == 1, "\(network)")
    }

    @Test func `numbers in a range that no network has, or of another length, are no cards`() {
        for number in [
            "9111111111111111", "411111111111111", "41111111111111111", "0000000000000000", "4646 4677 4708 4740",
            "5446 5443 5433 5448", "4100 7944 7945 7946",
            "4111 1111-1111 1111",
        ] {
            #expect(!MaskValidator.card.accepts(Array(number.utf8)[...]), "\(number)")
        }
    }

    @Test func `social security numbers have an area, a group and a serial that are given out`() {
        for number in ["536-22-8726", "001 01 0001", "899-99-9998"] {
            #expect(MaskValidator.socialSecurity.accepts(Array(number.utf8)[...]), "\(number)")
        }
        for number in [
            "000-22-8726", "666-22-8726", "900-22-8726", "536-00-8726", "536-22-0000", "078-05-1120", "219-09-9999",
            "123-45-6789", "536-22 8726", "555-55-5555",
        ] {
            #expect(!MaskValidator.socialSecurity.accepts(Array(number.utf8)[...]), "\(number)")
        }
    }

    @Test func `national insurance numbers have a prefix that is allocated`() {
        for prefix in ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"] {
            #expect(!MaskValidator.nationalInsurance.accepts(Array("\(prefix)123456A".utf8)[...]))
        }
        #expect(MaskValidator.nationalInsurance.accepts(Array("AB123456A".utf8)[...]))
    }

    @Test func `a token's header is JSON with an algorithm`() {
        // RFC 7515, appendices A.1 and A.5.
        for header in ["eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJub25lIn0"] {
            #expect(MaskValidator.jsonWebToken.accepts(Array("\(header).eyJpc3MiOiJqb2UifQ.".utf8)[...]))
        }
        for header in ["eyJ0eXAiOiJKV1QifQ", "eyJhbGciOiJub25lIn", "eyJhbGciOiJub25lI", "eyJ!bGciOiJub25lIn0"] {
            #expect(!MaskValidator.jsonWebToken.accepts(Array("\(header).eyJpc3MiOiJqb2UifQ.".utf8)[...]), "\(header)")
        }
    }

    @Test func `basic credentials decode to text with a colon`() {
        // RFC 7617, §2 and §2.1.
        for value in ["QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "dGVzdDoxMjPCow=="] {
            #expect(MaskValidator.basicCredentials.accepts(Array(value.utf8)[...]))
        }
        for value in ["QWxhZGRpbg==", "/////w==", "QWxhZGRpbjp=vcGVu", "QWxhZ"] {
            #expect(!MaskValidator.basicCredentials.accepts(Array(value.utf8)[...]), "\(value)")
        }
    }

    @Test(arguments: [
        "$PASSWORD", "${PASSWORD}", "$(pass show x)", "{{ vault }}", "<password>", "[password]", "%s", "%(password)s",
        "%PASSWORD%", "#{pw}", ":password", "@pw",
        "/etc/x", "./secret", "~/x", "C:\\x", "https://x/y", "getpass()", "args.password", "user->name", "std::string",
        "params[:x]", "xxxx", "********", "....",
        "changeme", "your-password-here", "EXAMPLE", "None", "null", "password", "MY_PASSWORD", "secret", "a${B}c", "$HOME*",
        "$dir/x",
    ])
    func `what stands where a password would is none`(_ value: String) {
        for validator in [MaskValidator.notPlaceholder, .password, .secret] {
            #expect(!validator.accepts(Array(value.utf8)[...]))
        }
    }

    @Test(arguments: [
        "Tr0ub4dor&3", "hunter2", "P@ssw0rd", "Password123!", "p@ssword", "s3cret", "12345678", "c0rrect horse", "$Tr0ng!",
        "x/y9Z", "пароль1", "a-b-c1",
    ])
    func `what people choose is one`(_ value: String) {
        #expect(MaskValidator.password.accepts(Array(value.utf8)[...]))
        #expect(MaskValidator.notPlaceholder.accepts(Array(value.utf8)[...]))
    }

    @Test(arguments: ["sha256", "utf-8", "0x1F", "30s", "Authentication", "required!", "1234", "a-b-c-d1", "int32"])
    func `what programs write behind the word is none`(_ value: String) {
        #expect(!MaskValidator.password.accepts(Array(value.utf8)[...]))
    }

    @Test func `a secret is made up by a machine`() {
        for value in ["mF9xB5kmQ2", "9f86d081884c7d65", "AbCd1234EfGh5678"] {
            #expect(MaskValidator.secret.accepts(Array(value.utf8)[...]), "\(value)")
        }
        for value in ["aaaaaaa1", "org.name.part2", "some/path/v2", "correcthorse", "12345678", "call(x9, y8)", "a::b12345"] {
            #expect(!MaskValidator.secret.accepts(Array(value.utf8)[...]), "\(value)")
        }
    }

    @Test func `addresses of hosts and of people`() {
        for value in ["192.0.2.1", "8.8.8.8"] { #expect(MaskValidator.ipv4.accepts(Array(value.utf8)[...])) }
        for value in ["192.0.2.256", "192.0.02.1", "127.0.0.1", "0.0.0.0", "255.255.255.0"] {
            #expect(!MaskValidator.ipv4.accepts(Array(value.utf8)[...]), "\(value)")
        }
        #expect(MaskValidator.phone.accepts(Array("+49 30 901820".utf8)[...]))
        for value in ["+1234567", "+1234567890123456", "+11111111111"] {
            #expect(!MaskValidator.phone.accepts(Array(value.utf8)[...]), "\(value)")
        }
        #expect(MaskValidator.email.accepts(Array("jane@example.org".utf8)[...]))
        for value in ["git@github.com", "getty@tty1.service", "icon@2x.png"] {
            #expect(!MaskValidator.email.accepts(Array(value.utf8)[...]), "\(value)")
        }
    }

    @Test(arguments: MaskValidator.allCases)
    func `whatever the bytes are, a validator answers`(_ validator: MaskValidator) {
        var random = SeededBytes(state: UInt64(validator.rawValue))
        for length in [0, 1, 2, 3, 7, 64, 1000] {
            for alphabet: [UInt8] in [
                Array(0...255), Array("0123456789 -".utf8), Array("0123456789.".utf8), Array("ABCDEFGH01234".utf8),
                Array("eyJ.=:".utf8),
            ] {
                let value = (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
                _ = validator.accepts(value[...])
            }
        }
        for byte: UInt8 in [0x20, 0x2E, 0x39, 0x41, 0x7A, 0xFF] {
            for length in [15, 16, 19, 20, MaskRule.mostWide] {
                _ = validator.accepts([UInt8](repeating: byte, count: length)[...])
            }
        }
    }

    @Test func `every validator has a name of its own`() {
        #expect(Set(MaskValidator.allCases.map(\.name)).count == MaskValidator.allCases.count)
    }

    /// Numbers that a failing test can repeat: Knuth's MMIX constants.
    struct SeededBytes {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
