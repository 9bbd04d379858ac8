internal import COpenSSL
internal import Glibc

/// A list of OSSL_PARAM that owns the memory it points to, and wipes it: values may be private keys.
///
/// OpenSSL's own builder (OSSL_PARAM_BLD) keeps the pointers that it is given, which Swift strings and arrays do not have for long.
struct EVPParameters: ~Copyable {
    private var list: [OSSL_PARAM] = []

    init() {}

    /// - Parameter name: a literal, so that its memory outlives every use.
    mutating func add(_ name: StaticString, text: StaticString) {
        add(
            name, type: UInt32(OSSL_PARAM_UTF8_STRING),
            UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func add(_ name: StaticString, octets: [UInt8]) {
        octets.withUnsafeBytes { add(name, type: UInt32(OSSL_PARAM_OCTET_STRING), $0) }
    }

    /// - Parameter magnitude: big-endian; OSSL_PARAM wants the machine's order.
    mutating func add(_ name: StaticString, integer magnitude: [UInt8]) {
        var native = magnitude
        if UInt16(1).littleEndian == 1 { native.reverse() }
        native.withUnsafeBytes { add(name, type: UInt32(OSSL_PARAM_UNSIGNED_INTEGER), $0) }
        wipe(&native)
    }

    private mutating func add(_ name: StaticString, type: UInt32, _ value: UnsafeRawBufferPointer) {
        precondition(name.hasPointerRepresentation && !value.isEmpty, "parameters have a name and a value")
        // One byte more, a zero: libcrypto reads texts both by their size and as C strings.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: value.count + 1, alignment: 8)
        copy.copyMemory(from: value)
        copy[value.count] = 0
        let key = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        list.append(OSSL_PARAM(key: key, data_type: type, data: copy.baseAddress, data_size: value.count, return_size: 0))
    }

    /// Makes the key of `type` (`RSA`, `EC`) that the parameters describe (libcrypto: EVP_PKEY_fromdata). The caller owns it.
    func makeKey(_ type: String, selection: Int32) throws(KeyError) -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { throw takeLibcryptoError() }
        defer { EVP_PKEY_CTX_free(context) }
        var terminated = list + [OSSL_PARAM(key: nil, data_type: 0, data: nil, data_size: 0, return_size: 0)]
        var key: OpaquePointer?
        guard
            EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, selection, &terminated) == 1,
            let key
        else {
            EVP_PKEY_free(key)
            throw takeLibcryptoError()
        }
        return key
    }

    deinit {
        for parameter in list {
            OPENSSL_cleanse(parameter.data, parameter.data_size)
            parameter.data.deallocate()
        }
    }
}
