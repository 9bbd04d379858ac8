internal import MonitorProtocol
internal import OpenSSHKeys

/// Shows a receiver that a notification comes from this bastion, and when it did: `t=UNIXSECONDS,v1=HEX`, where HEX is the HMAC-SHA-256 of
/// `UNIXSECONDS.BODY`. The time is signed too, so that an old notification cannot be sent again by whoever has seen it.
struct WebhookSignature {
    static let header = "X-Sallyport-Signature"
    let value: String

    init(of body: [UInt8], key: [UInt8], at moment: Timestamp) {
        let code = hmacSHA256(key: key, Array("\(moment.seconds).".utf8) + body)
        let digits = Array("0123456789abcdef".utf8)
        let text = String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        value = "t=\(moment.seconds),v1=\(text)"
    }
}
