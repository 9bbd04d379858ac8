internal import COpenSSL

extension EVPKey {
    convenience init(privateKey fields: PrivateKeyFields) throws(KeyError) {
        switch fields {
        case .ed25519(let seed): try self.init(ed25519Seed: seed)
        case .ecdsa(let curve, let point, let scalar):
            var parameters = EVPParameters()
            parameters.add("group", text: curve.groupName)
            parameters.add("pub", octets: point)
            parameters.add("priv", integer: scalar)
            self.init(owning: try parameters.makeKey("EC", selection: Selection.keyPair))
        case .rsa(let numbers):
            var parameters = EVPParameters()
            parameters.add("n", integer: numbers.modulus)
            parameters.add("e", integer: numbers.exponent)
            parameters.add("d", integer: numbers.privateExponent)
            parameters.add("rsa-factor1", integer: numbers.firstPrime)
            parameters.add("rsa-factor2", integer: numbers.secondPrime)
            parameters.add("rsa-exponent1", integer: try reduced(numbers.privateExponent, modulo: numbers.firstPrime))
            parameters.add("rsa-exponent2", integer: try reduced(numbers.privateExponent, modulo: numbers.secondPrime))
            parameters.add("rsa-coefficient1", integer: numbers.coefficient)
            self.init(owning: try parameters.makeKey("RSA", selection: Selection.keyPair))
        }
    }

    convenience init(ed25519Seed seed: [UInt8]) throws(KeyError) {
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else { throw takeLibcryptoError() }
        self.init(owning: key)
    }

    /// The 32 bytes of an Ed25519 public key.
    func rawPublicKey() throws(KeyError) -> [UInt8] {
        var point = [UInt8](repeating: 0, count: 32)
        var length = point.count
        guard EVP_PKEY_get_raw_public_key(handle, &point, &length) == 1, length == 32 else { throw takeLibcryptoError() }
        return point
    }

    /// The secret numbers, for writing a file. The caller wipes them.
    func privateFields(as publicFields: PublicKeyFields) throws(KeyError) -> PrivateKeyFields {
        switch publicFields {
        case .ed25519:
            var seed = [UInt8](repeating: 0, count: 32)
            var length = seed.count
            guard EVP_PKEY_get_raw_private_key(handle, &seed, &length) == 1, length == 32 else { throw takeLibcryptoError() }
            return .ed25519(seed: seed)
        case .ecdsa(let curve, let point): return .ecdsa(curve, point: point, scalar: try secretNumber("priv"))
        case .rsa(let exponent, let modulus):
            return .rsa(
                PrivateKeyFields.RSA(
                    modulus: modulus, exponent: exponent, privateExponent: try secretNumber("d"),
                    coefficient: try secretNumber("rsa-coefficient1"), firstPrime: try secretNumber("rsa-factor1"),
                    secondPrime: try secretNumber("rsa-factor2")))
        case .securityKeyEd25519, .securityKeyECDSA256: throw .unsupportedAlgorithm("private security key")
        }
    }

    private func secretNumber(_ name: String) throws(KeyError) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(handle, name, &number) == 1 else { throw takeLibcryptoError() }
        defer { BN_clear_free(number) }
        return magnitude(of: number)
    }
}

/// RFC 8017 §3.2: dP = d mod (p − 1), which the OpenSSH format leaves out.
private func reduced(_ exponent: [UInt8], modulo prime: [UInt8]) throws(KeyError) -> [UInt8] {
    let context = BN_CTX_secure_new()
    let number = BN_bin2bn(exponent, Int32(exponent.count), nil)
    let modulus = BN_bin2bn(prime, Int32(prime.count), nil)
    let remainder = BN_new()
    defer {
        for secret in [number, modulus, remainder] { BN_clear_free(secret) }
        BN_CTX_free(context)
    }
    guard
        let context, let number, let modulus, let remainder,
        BN_sub_word(modulus, 1) == 1, BN_is_zero(modulus) == 0,
        BN_div(nil, remainder, number, modulus, context) == 1, BN_is_zero(remainder) == 0
    else {
        _ = takeLibcryptoError()
        throw .invalid("RSA numbers that do not fit together")
    }
    return magnitude(of: remainder)
}
