internal import GRDB

/// The database's schema, step by step. A step that has been released is never changed.
enum Migrations {
    /// `PRAGMA application_id`, "SaPo": tells our file from that of any other program.
    static let applicationID: Int32 = 0x5361_506F

    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 vault, certificates, ledger") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(
                sql: """
                    CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) STRICT;

                    CREATE TABLE credential (
                        login TEXT NOT NULL, target TEXT NOT NULL,
                        kind TEXT NOT NULL, detail TEXT, sealed BLOB, changedAt INTEGER NOT NULL,
                        PRIMARY KEY (login, target)) STRICT;

                    CREATE TABLE authority (name TEXT PRIMARY KEY NOT NULL, sealed BLOB NOT NULL) STRICT;

                    -- serial: the bits of the UInt64
                    CREATE TABLE certificate (
                        serial INTEGER PRIMARY KEY NOT NULL, user TEXT NOT NULL, principals TEXT NOT NULL,
                        issuedAt INTEGER NOT NULL, validUntil INTEGER NOT NULL, keyFingerprint TEXT NOT NULL,
                        sourceAddresses TEXT NOT NULL, forceCommand TEXT, revokedAt INTEGER, revocationReason TEXT) STRICT;

                    -- One row for each session channel. endedAt is NULL while it runs. command: UTF-8; as TEXT, SQLite would end it at a
                    -- zero byte, and what follows would be in no ledger.
                    CREATE TABLE session (
                        id TEXT PRIMARY KEY NOT NULL, connectionID TEXT NOT NULL, user TEXT NOT NULL,
                        certificateSerial INTEGER NOT NULL, certificateAuthority TEXT NOT NULL, origin TEXT NOT NULL,
                        target TEXT NOT NULL, login TEXT NOT NULL, kind INTEGER NOT NULL, command BLOB,
                        hasTerminal INTEGER NOT NULL, startedAt INTEGER NOT NULL, endedAt INTEGER,
                        exit TEXT, exitStatus INTEGER, bytesIn INTEGER NOT NULL, bytesOut INTEGER NOT NULL,
                        recording TEXT NOT NULL) STRICT;
                    CREATE INDEX sessionByStart ON session (startedAt);
                    CREATE INDEX sessionOpen ON session (endedAt) WHERE endedAt IS NULL;
                    """)
        }
        migrator.registerMigration("2 policy events") { database in
            try database.execute(
                sql: """
                    -- One row for each decision of the policy. action: 1 command, 2 file. facts: JSON of what is not searched for, as BLOB
                    -- because text of clients is in it.
                    CREATE TABLE event (
                        number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, at INTEGER NOT NULL, connectionID TEXT NOT NULL,
                        session TEXT, user TEXT NOT NULL, target TEXT NOT NULL, login TEXT NOT NULL, channel INTEGER NOT NULL,
                        verdict TEXT NOT NULL, outcome TEXT NOT NULL, rule TEXT, action INTEGER NOT NULL, facts BLOB NOT NULL) STRICT;
                    CREATE INDEX eventBySession ON event (session, number) WHERE session IS NOT NULL;
                    CREATE INDEX eventByTime ON event (at);
                    """)
        }
        migrator.registerMigration("3 masks") { database in
            try database.execute(
                sql: """
                    -- Keys of our own beside those of the authorities.
                    CREATE TABLE secret (name TEXT PRIMARY KEY NOT NULL, sealed BLOB NOT NULL) STRICT;

                    -- How many values of each mask rule a session's output had. The single ones are in event, action 5, unless there were too many.
                    CREATE TABLE mask (
                        session TEXT NOT NULL, rule TEXT NOT NULL, count INTEGER NOT NULL,
                        PRIMARY KEY (session, rule)) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("4 approvals") { database in
            try database.execute(
                sql: """
                    -- One row for each request. facts: JSON of what is not searched for, as BLOB because text of clients is in it.
                    CREATE TABLE approval (
                        number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
                        createdAt INTEGER NOT NULL, expiresAt INTEGER NOT NULL, endedAt INTEGER, connectionID TEXT NOT NULL,
                        session TEXT, user TEXT NOT NULL, target TEXT NOT NULL, login TEXT NOT NULL, rule TEXT, facts BLOB NOT NULL,
                        CHECK ((endedAt IS NULL) = (state IN ('waiting', 'approved')))) STRICT;
                    CREATE INDEX approvalOpen ON approval (number) WHERE endedAt IS NULL;
                    CREATE INDEX approvalByUser ON approval (user, number);

                    -- What happened to requests, never changed. text: the words of people.
                    CREATE TABLE approvalStep (
                        number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, approval INTEGER NOT NULL REFERENCES approval (number),
                        at INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT, through TEXT NOT NULL, text TEXT) STRICT;
                    CREATE INDEX approvalStepByApproval ON approvalStep (approval, number);

                    -- Access that came of a request. channels: a JSON array.
                    CREATE TABLE timedAccess (
                        approval INTEGER PRIMARY KEY NOT NULL REFERENCES approval (number), state TEXT NOT NULL, user TEXT NOT NULL,
                        target TEXT NOT NULL, login TEXT NOT NULL, channels TEXT NOT NULL, guardMode TEXT NOT NULL,
                        validFrom INTEGER NOT NULL, validUntil INTEGER NOT NULL, endsSessions INTEGER NOT NULL, rule TEXT NOT NULL) STRICT;
                    CREATE INDEX timedAccessGranted ON timedAccess (validUntil) WHERE state = 'granted';

                    -- The queue: a row goes when it is delivered or given up, which is a step then. kind: of the step that it tells.
                    CREATE TABLE notification (
                        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, approval INTEGER NOT NULL REFERENCES approval (number),
                        kind TEXT NOT NULL, channel TEXT NOT NULL, queuedAt INTEGER NOT NULL, dueAt INTEGER NOT NULL,
                        attempts INTEGER NOT NULL) STRICT;
                    CREATE INDEX notificationByTime ON notification (dueAt, id);
                    """)
        }
        return migrator
    }()
}
