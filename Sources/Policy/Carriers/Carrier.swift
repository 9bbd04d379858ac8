/// An entry of the table: names, options, and how what it starts is found.
struct Carrier: Sendable {
    typealias Look = @Sendable (inout CarrierCall) -> Void

    let names: [String]
    let options: OptionGrammar
    /// Not asked when an option says that nothing is started.
    let look: Look

    init(_ names: String..., options: String = "", _ style: OptionGrammar.Style = [], look: @escaping Look) {
        self.names = names
        self.options = OptionGrammar(options, style)
        self.look = look
    }

    /// What stands after the options and `leading` further words is a command.
    static func prefix(
        _ names: String..., options: String = "", _ style: OptionGrammar.Style = [], leading: Int = 0, bare: Bool = false,
        unless: String = ""
    ) -> Carrier {
        let unless = unless.split(separator: " ").map(String.init)
        return Carrier(names: names, options: OptionGrammar(options, style)) { call in
            guard !call.options.found.contains(where: { unless.contains($0.name) }) else { return }
            let assignments = call.options.assignments
            call.runOperands(after: leading, bare: bare) { $0.assignments += assignments }
        }
    }

    init(names: [String], options: OptionGrammar, look: @escaping Look) {
        self.names = names
        self.options = options
        self.look = look
    }
}
