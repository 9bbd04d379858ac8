/// What the gate takes and keeps at most, whatever the peers do. Clients as they are make it keep some kilobytes; one that opens all the files
/// that it may and reads them all at once, about five megabytes.
package enum SFTPLimit {
    /// Bytes after the length field of one packet (OpenSSH sftp-common.h, SFTP_MAX_MSG_LENGTH): more ends the channel.
    package static let packet = 256 * 1024
    /// Bytes of a request that has to be read whole before it can be judged: two paths and attributes with room to spare.
    static let request = 32 * 1024
    /// Bytes of one path (Linux PATH_MAX). A longer one is refused, or what is judged could differ from what the target makes of it.
    package static let path = 4096
    /// Bytes of a handle (draft-ietf-secsh-filexfer-02 §6.3).
    static let handle = 256
    /// Requests that wait for a reply; OpenSSH's clients have 64 unless told otherwise. The client is not read while there are more.
    static let outstanding = 4096
    /// Handles open at once; OpenSSH's server gives about a thousand.
    static let handles = 4096
    /// Bytes of the names of open files, which could be 50 MB.
    static let handleNames = 512 * 1024
    /// Bytes of all open handles; OpenSSH's have four.
    static let handleBytes = 256 * 1024
    /// Bytes of names kept beside requests that wait for a reply.
    static let outstandingNames = 128 * 1024
    /// Files hashed at once; the digest of one more is `partial`. OpenSSL keeps about 300 bytes for each.
    static let hashes = 512
    /// Bytes that came before their turn and wait to be hashed, over all files: four blocks of OpenSSH's clients.
    static let earlyBytes = 128 * 1024
    /// Bytes of events that nobody has taken, after which the client is not read.
    static let events = 64 * 1024
    /// Bytes of our own answers that the client has not taken, after which it is not read.
    static let answers = 16 * 1024
    /// Bytes of one sentence to the client.
    static let sentence = 1024
}
