extension MaskRule {
    /// Looked for where a target holds them: without its country a number of nine digits is any number.
    static let nationalNumbers: [MaskRule] = [
        national(
            "uk-nhs-number", "[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", .nhsNumber, trigger: "[0-9]{3}[ -]?[0-9]{4}", widest: 12,
            source: "NHS Data Dictionary, NHS Number",
            matches: "NHS «943 476 5919»", misses: "NHS 943 476 5918"),
        national(
            "german-tax-number", "[1-9][0-9]{10}", .germanTax, trigger: "[0-9]{8}", widest: 11,
            source: "§ 139b AO; BZSt, Prüfzifferberechnung",
            matches: "IdNr «86095742719»", misses: "IdNr 86095742718"),
        national(
            "spanish-identity", "([0-9]{8}|[XYZ][0-9]{7})-?[A-Z]", .spanishIdentity, trigger: "[0-9]{5}-?[A-Z]", widest: 10,
            source: "Real Decreto 1553/2005; Orden INT/2058/2008",
            matches: "DNI «12345678Z»", misses: "DNI 12345678A"),
        national(
            "italian-fiscal-code", "[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
            .italianFiscal, trigger: "[A-Z]{3}[0-9LMNP-V]{2}[A-EHLMPRST]", widest: 16,
            // Where two persons would have the same code, letters stand for digits.
            source: "D.M. 12 March 1974; python-stdnum it.codicefiscale", matches: "CF «RSSMRA85T10A562S»",
            misses: "CF RSSMRA85T10A562T"),
        national(
            "brazilian-cpf", "[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}", .brazilianCPF, trigger: "\\.[0-9]{3}-[0-9]{2}",
            widest: 14, source: "Receita Federal, CPF",
            matches: "CPF «111.444.777-35»", misses: "CPF 111.444.777-36"),
        national(
            "indian-aadhaar", "[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}", .aadhaar, trigger: "[0-9]{4}[ -][0-9]{4}", widest: 14,
            source: "UIDAI: Verhoeff's check digit",
            matches: "UID «2341 2341 2346»", misses: "UID 2341 2341 2347"),
        national(
            "polish-pesel", "[0-9]{11}", .pesel, trigger: "[0-9]{8}", widest: 11, source: "Ustawa o ewidencji ludności, art. 15",
            matches: "PESEL «44051401359»",
            misses: "PESEL 44051401358"),
        national(
            "french-nir", "[1-478][0-9]{5}[0-9AB][0-9]{8}|[1-478] [0-9]{2} [0-9]{2} [0-9][0-9AB] [0-9]{3} [0-9]{3} [0-9]{2}",
            .frenchNIR, trigger: "[1-478][0-9 ]{4}", widest: 21,
            source: "INSEE, Numéro d'inscription au répertoire; python-stdnum fr.nir", matches: "NIR «2 55 08 14 168 025 38»",
            misses: "NIR 2 55 08 14 168 025 39"),
        national(
            "canadian-sin", "[1-79][0-9]{2}[ -][0-9]{3}[ -][0-9]{3}", .canadianSIN, trigger: "[ -][0-9]{3}[ -]", widest: 11,
            source: "Service Canada: Luhn; 0 and 8 are not given to persons", matches: "SIN «130 692 544»",
            misses: "SIN 130 692 545"),
        national(
            "dutch-bsn", "[0-9]{9}", .dutchBSN, trigger: "[0-9]{8}", widest: 9,
            source: "Wet algemene bepalingen burgerservicenummer: elfproef",
            matches: "BSN «111222333»", misses: "BSN 111222334"),
        national(
            "australian-tfn", "[0-9]{3} ?[0-9]{3} ?[0-9]{3}", .australianTFN, trigger: "[0-9]{3} ?[0-9]{3}", widest: 11,
            source: "Australian Taxation Office, TFN algorithm",
            matches: "TFN «123 456 782»", misses: "TFN 123 456 783"),
        national(
            "swedish-personal-number", "([0-9]{2})?[0-9]{6}[+-][0-9]{4}", .swedishIdentity, trigger: "[0-9]{2}[+-][0-9]{4}",
            widest: 13,
            source: "Skatteverket, SKV 704",
            matches: "pnr «811228-9874»", misses: "pnr 811228-9875"),
    ]

    private static func national(
        _ name: String, _ value: String, _ validator: MaskValidator, trigger: String = "", widest: Int, source: String,
        matches example: Marked, misses nearMiss: String
    ) -> MaskRule {
        MaskRule(
            name, .personal, use: .optIn, value: value, notBefore: "A-Za-z0-9_.-", notAfter: "A-Za-z0-9_-", trigger: trigger,
            validator: validator, widest: widest,
            source: source, matches: example, misses: nearMiss)
    }
}
