import CPCRE2
import TerminalStream

/// A compiled expression of PCRE2 (pcre2api(3)), on bytes.
final class OracleExpression {
    private let code: OpaquePointer
    private let data: OpaquePointer
    private let context: OpaquePointer

    init(_ expression: String) throws {
        var number: Int32 = 0
        var offset = 0
        let bytes = Array(expression.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, Self.options, &number, &offset, nil) else {
            throw Refused(expression: expression, offset: offset, number: number)
        }
        guard let data = pcre2_match_data_create_8(1024, nil), let context = pcre2_match_context_create_8(nil) else {
            throw NoMemory()
        }
        pcre2_set_match_limit_8(context, 50_000_000)
        pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        self.code = code
        self.data = data
        self.context = context
    }

    deinit {
        pcre2_match_context_free_8(context)
        pcre2_match_data_free_8(data)
        pcre2_code_free_8(code)
    }

    /// Without automatic possessive repetition, which hides the shorter ends from `ends` (pcre2pattern(3)).
    private static let options = UInt32(PCRE2_DOTALL) | UInt32(PCRE2_NO_AUTO_POSSESS)

    struct Refused: Error { let expression: String, offset: Int, number: Int32 }
    struct NoMemory: Error {}
    struct Failed: Error { let number: Int32 }

    /// The first match from `start` on, and its groups.
    func match(in text: UnsafeBufferPointer<UInt8>, from start: Int, anchored: Bool = false) throws -> [Range<Int>]? {
        let options = anchored ? UInt32(PCRE2_ANCHORED) : 0
        let result = pcre2_match_8(code, text.baseAddress, text.count, start, options, data, context)
        return try ranges(result, anchored: anchored)
    }

    /// Every end of a match that begins at `start`, the furthest first (pcre2matching(3), "the alternative matching algorithm").
    func ends(in text: UnsafeBufferPointer<UInt8>, at start: Int) throws -> [Int] {
        var workspace = [Int32](repeating: 0, count: 100_000)
        let result = pcre2_dfa_match_8(
            code, text.baseAddress, text.count, start, UInt32(PCRE2_ANCHORED), data, nil, &workspace, workspace.count)
        // 0: there are more ends than room. The furthest are there, and none of the rules looks at more.
        return try ranges(result == 0 ? 1024 : result, anchored: true)?.map(\.upperBound) ?? []
    }

    private func ranges(_ result: Int32, anchored: Bool) throws -> [Range<Int>]? {
        if result == PCRE2_ERROR_NOMATCH { return nil }
        guard result > 0, let vector = pcre2_get_ovector_pointer_8(data) else { throw Failed(number: result) }
        return (0..<Int(result)).map { index in
            let start = vector[index * 2]
            return start == ~0 ? 0..<0 : start..<vector[index * 2 + 1]
        }
    }
}
