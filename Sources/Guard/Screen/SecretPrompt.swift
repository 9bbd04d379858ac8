/// Whether a program asks for a secret. What the screen says is a word of the target's, so it counts only together with a terminal that does not echo,
/// and while a program runs.
enum SecretPrompt {
    /// In lower case, as in `[sudo] password for alice:`, `Enter passphrase for key`, `Verification code:`.
    private static let words = [
        "password", "passwort", "passphrase", "passcode", "verification code", "one-time", "otp", "pin", "secret", "token",
        "mot de passe",
        "contraseña",
    ]

    /// - Parameter prompt: what stands before the cursor on its row.
    static func asksForOne(_ prompt: [UInt8]) -> Bool {
        let text = String(decoding: prompt, as: UTF8.self).lowercased()
        return words.contains { text.contains($0) }
    }
}
