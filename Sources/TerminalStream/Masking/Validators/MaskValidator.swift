/// What a value has to be beside its shape.
///
/// Every case is a pure function of the value's bytes: time linear in its length, memory constant. The raw value is the compiled image's; `name` is a
/// contract for `validator:` in policy.yaml.
package enum MaskValidator: UInt8, CaseIterable, Sendable {
    /// Luhn's check digit, and a length that the network of the first digits uses.
    case card = 1
    /// An area, group and serial that the Social Security Administration gives out.
    case socialSecurity = 2
    /// The length of its country, and the remainder 1 by 97 (ISO 13616).
    case iban = 3
    /// A prefix that is allocated (HMRC).
    case nationalInsurance = 4
    case nhsNumber = 5
    case germanTax = 6
    case spanishIdentity = 7
    case italianFiscal = 8
    case brazilianCPF = 9
    case aadhaar = 10
    case pesel = 11
    case frenchNIR = 12
    case canadianSIN = 13
    case dutchBSN = 14
    case australianTFN = 15
    case swedishIdentity = 16
    /// Four octets that are an address of one host, none with a leading zero.
    case ipv4 = 17
    /// 8 to 15 digits (ITU-T E.164), not all the same.
    case phone = 18
    case email = 19
    /// A first part that decodes to a JSON object with `alg` (RFC 7515 §4).
    case jsonWebToken = 20
    /// Base64 of printable text with a colon (RFC 7617).
    case basicCredentials = 21
    /// Neither a placeholder nor a variable, a path or a call.
    case notPlaceholder = 22
    /// As `notPlaceholder`, and with a digit or a sign in it that words and identifiers do not have.
    case password = 23
    /// As `notPlaceholder`, with letters and digits, and at least 2.5 bits a byte.
    case secret = 24
    /// At least 4.5 bits a byte, or 3 if all are hexadecimal digits.
    case highEntropy = 25
    /// Letters and digits both: a word is not a token.
    case lettersAndDigits = 26

    /// How policy.yaml calls it: the case in kebab-case.
    package var name: String {
        switch self {
        case .card: "card"
        case .socialSecurity: "social-security"
        case .iban: "iban"
        case .nationalInsurance: "national-insurance"
        case .nhsNumber: "nhs-number"
        case .germanTax: "german-tax"
        case .spanishIdentity: "spanish-identity"
        case .italianFiscal: "italian-fiscal"
        case .brazilianCPF: "brazilian-cpf"
        case .aadhaar: "aadhaar"
        case .pesel: "pesel"
        case .frenchNIR: "french-nir"
        case .canadianSIN: "canadian-sin"
        case .dutchBSN: "dutch-bsn"
        case .australianTFN: "australian-tfn"
        case .swedishIdentity: "swedish-identity"
        case .ipv4: "ipv4"
        case .phone: "phone"
        case .email: "email"
        case .jsonWebToken: "json-web-token"
        case .basicCredentials: "basic-credentials"
        case .notPlaceholder: "not-placeholder"
        case .password: "password"
        case .secret: "secret"
        case .highEntropy: "high-entropy"
        case .lettersAndDigits: "letters-and-digits"
        }
    }

    /// Whether a value without a digit is none.
    var needsDigits: Bool { self == .secret || self == .lettersAndDigits }

    /// Whether the value is one.
    ///
    /// - Parameter value: the text that the rule's `value` matched, as it stands there, at most `MaskRule.mostWide` bytes.
    package func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .card: PaymentCard.accepts(value)
        case .socialSecurity: SocialSecurityNumber.accepts(value)
        case .iban: BankAccount.accepts(value)
        case .nationalInsurance: NationalNumbers.isNationalInsurance(value)
        case .nhsNumber: NationalNumbers.isNHS(value)
        case .germanTax: NationalNumbers.isGermanTax(value)
        case .spanishIdentity: NationalNumbers.isSpanishIdentity(value)
        case .italianFiscal: NationalNumbers.isItalianFiscal(value)
        case .brazilianCPF: NationalNumbers.isBrazilianCPF(value)
        case .aadhaar: CheckDigits.verhoeff(value)
        case .pesel: NationalNumbers.isPESEL(value)
        case .frenchNIR: NationalNumbers.isFrenchNIR(value)
        case .canadianSIN: value.digitCount == 9 && CheckDigits.luhn(value)
        case .dutchBSN: NationalNumbers.isDutchBSN(value)
        case .australianTFN: NationalNumbers.isAustralianTFN(value)
        case .swedishIdentity: NationalNumbers.isSwedishIdentity(value)
        case .ipv4: Contacts.isIPv4(value)
        case .phone: Contacts.isPhone(value)
        case .email: Contacts.isEmail(value)
        case .jsonWebToken: EncodedText.isJSONWebToken(value)
        case .basicCredentials: EncodedText.isBasicCredentials(value)
        case .notPlaceholder: !Placeholders.contains(value)
        case .password: PasswordShape.accepts(value)
        case .secret: SecretShape.accepts(value)
        case .highEntropy: SecretShape.isHighEntropy(value)
        case .lettersAndDigits: value.contains(where: \.isLetter) && value.contains(where: \.isDigit)
        }
    }
}
