import EndToEndHarness
import Testing

extension EndToEnd {
    struct Environment {
        @Test(arguments: Way.allCases) func `the allow-list decides which variables reach the target`(_ way: Way) throws {
            let scene = try Scene()
            // The target would take SALLYPORT_*; the bastion's list (LANG, LC_*) does not.
            let outcome = try scene.alice.run(
                "echo ${LANG-unset} ${LC_SALLYPORT-unset} ${SALLYPORT_TEST-unset}", by: way,
                options: ["-o", "SetEnv=LANG=de_DE.UTF-8 LC_SALLYPORT=grün SALLYPORT_TEST=no"])
            #expect(outcome.output == "de_DE.UTF-8 grün unset\n", "\(outcome)")
        }

        @Test func `an administrator may let more through`() throws {
            let scene = try Scene(bastionLines: ["environment: [LANG, \"SALLYPORT_*\"]"])
            let outcome = try scene.alice.run(
                "echo ${LANG-unset} ${LC_SALLYPORT-unset} ${SALLYPORT_TEST-unset}",
                options: ["-o", "SetEnv=LANG=C LC_SALLYPORT=no SALLYPORT_TEST=yes"])
            #expect(outcome.output == "C unset yes\n", "\(outcome)")
        }

        @Test func `a terminal brings its TERM`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", "echo TERM is $TERM")
            try terminal.expect("TERM is xterm-256color")
        }
    }
}
