import EndToEndHarness
import Testing

@testable import Guard

/// zsh: what accepts a line besides a key, and what accepting changes in it.
struct AcceptingWidgetTests {
    @Test(arguments: ["accept-line", ".accept-line", "accept-line-and-down-history", ".accept-and-hold"])
    func `A line that a widget of the user's makes and accepts runs once, and as it was told`(name: String) throws {
        let login = try IntegratedLogin(
            "zsh", settings: "mine() { BUFFER='t made'; zle \(name) }; zle -N mine; bindkey '^T' mine\n")
        try login.type(["\u{14}"])
        try login.waitForRuns(1)
        // What accept-and-hold leaves behind goes.
        try login.type(["\u{15}t b\r"])
        try login.waitForRuns(2)
        #expect(login.ran == ["made", "b"])
        #expect(login.shell.asked == ["t made", "t b"])
        #expect(login.alarms == [])
    }

    @Test func `A forbidden line that a widget of the user's accepts does not run`() throws {
        let login = try IntegratedLogin(
            "zsh", settings: "mine() { BUFFER='t forbidden'; zle .accept-line }; zle -N mine; bindkey '^T' mine\n")
        try login.shell.type("\u{14}")
        try login.shell.expect("That is forbidden.")
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
        #expect(login.alarms == [])
    }

    @Test func `What zsh takes back behind a completion is not told`() throws {
        let login = try IntegratedLogin(
            "zsh", settings: "autoload -Uz compinit && compinit -u -D\ncd\n", files: ["longname": ""])
        try login.type(["t longn x", "\u{1B}[D\u{1B}[D", "\t", "\r"])
        try login.type(["t bi", "\t", "\r"])
        try login.waitForRuns(2)
        #expect(login.ran == ["longname x", "bin"])
        #expect(login.shell.asked == ["t longname x", "t bin"])
    }

    @Test func `A suffix that the user keeps is told`() throws {
        let login = try IntegratedLogin(
            "zsh",
            settings: """
                autoload -Uz compinit && compinit -u -D
                cd
                mine() { zle auto-suffix-retain; zle accept-line }; zle -N mine; bindkey '^T' mine

                """)
        try login.type(["t bi", "\t", "\u{14}"])
        try login.waitForRuns(1)
        #expect(login.ran == ["bin/"])
        #expect(login.shell.asked == ["t bin/"])
    }

    @Test func `Hooks of the editor that the user adds later run, and those from before too`() throws {
        let login = try IntegratedLogin("zsh", settings: "zle-line-init() { (( ++made )) }; zle -N zle-line-init\n")
        try login.type([
            "autoload -U add-zle-hook-widget; mine() { (( ++hooked )) }; zle -N mine\r",
            "add-zle-hook-widget zle-line-init mine; add-zle-hook-widget zle-line-finish mine\r",
            "t $made $hooked\r", "t $made $hooked\r",
        ])
        try login.waitForRuns(2)
        #expect(login.ran == ["3 2", "4 4"])
        #expect(login.alarms == [])
    }
}
