struct MarkScanner {
    enum Piece {
        case output(ArraySlice<UInt8>)
        case mark(Mark)
    }
    init(nonce: [UInt8]) {}
    mutating func feed(_ bytes: ArraySlice<UInt8>, _ take: (Piece) -> Void) { take(.output(bytes)) }
}
package struct ShellIntegration {
    package init(nonce: [UInt8], secret: [UInt8]) {}
    package var startCommand: [UInt8] { [] }
    var acceptPrefix: [UInt8] { [0x1b, 0x5b, 0x31] }
    func acceptKeys(token: [UInt8], language: LineLanguage) -> [UInt8] { acceptPrefix + token }
    func rejectKeys(language: LineLanguage) -> [UInt8] { [3] }
}
