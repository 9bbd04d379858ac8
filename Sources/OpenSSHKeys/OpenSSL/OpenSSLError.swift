internal import COpenSSL

/// The newest entry of libcrypto's error queue as a `KeyError`; the queue of this thread is empty afterwards.
///
/// It has to be: libssh in the same process reads the same queue, and would report our errors as its own.
func takeLibcryptoError() -> KeyError {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    guard code != 0, let reason = ERR_reason_error_string(code) else { return .libcrypto("no reason given") }
    return .libcrypto(String(cString: reason))
}
