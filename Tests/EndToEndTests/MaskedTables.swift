import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Columns of tables, by their header, with a real psql at a real server.
    struct MaskedTables {
        private static let policy = """
            default: allow
            uncertain: allow
            rules: []
            mask: {columns: [ssn, card_no]}

            """
        private static let table = """
            create table people (name text, ssn text, card_no text, town text);
            insert into people values ('Ann', 'AB-1234-77', 'C0FFEE-1', 'Rome'), ('Zoë', 'QX-9876-54', 'C0FFEE-2', 'Oslo');

            """
        private static let values = ["AB-1234-77", "QX-9876-54", "C0FFEE-1", "C0FFEE-2"]

        @Test func `psql's columns are masked: aligned, expanded, as CSV, and at a terminal`() throws {
            let server = try PostgresServer()
            let scene = try Scene(policy: Self.policy)
            let psql = "PGHOST='\(server.host)' PGUSER=postgres PAGER=cat psql -X -q"
            try run(
                ["/bin/sh", "-c", psql], input: Array(Self.table.utf8), environment: Programs.environment
            ).orThrow()
            for how in ["", "-x", "--csv", "-A"] {
                let outcome = try scene.alice.run("\(psql) \(how) -c 'select * from people order by name'")
                #expect(outcome.exit == .status(0), "\(outcome)")
                for value in Self.values { #expect(!outcome.output.contains(value), "\(how): \(outcome.output)") }
                for value in ["Ann", "Zoë", "Rome", "Oslo"] {
                    #expect(outcome.output.contains(value), "\(how): \(outcome.output)")
                }
            }
            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", psql)
            try terminal.expect("postgres=# ")
            try terminal.enter("select name, ssn, town from people order by name;")
            try terminal.expect("Oslo")
            try terminal.enter("\\q")
            try terminal.waitForExit()
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output.contains("Oslo"))
            for value in Self.values {
                #expect(!String(decoding: terminal.transcript, as: UTF8.self).contains(value))
                #expect(!recording.output.contains(value))
            }
        }
    }
}
