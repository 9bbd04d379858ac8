extension Scenario {
    /// What is typed where nothing echoes.
    static func secrets() -> ScenarioList {
        var list = ScenarioList(.secrets)
        list.add(
            "read -s", in: [.bash, .zsh], hasSecret: true, "printf 'Password: '; read -s p<enter>", "SECRET<enter>",
            "t forbidden after<enter>")
        list.add(
            "read -s in fish", in: [.fish], hasSecret: true, "read -s -P 'Password: ' p<enter>", "SECRET<enter>",
            "t forbidden after<enter>")
        list.add(
            "echo off by stty", in: Shell.posix, hasSecret: true, "stty -echo; printf 'Password: '; read p; stty echo<enter>",
            "SECRET<enter>", "t forbidden after<enter>")
        list.add(
            "a program asks", in: Shell.all, files: ["ask.py": "import getpass; getpass.getpass('Password: ')\n"],
            hasSecret: true,
            "python3 ask.py<enter>", .wait("Password:"), "SECRET<enter>", "t forbidden after<enter>")
        list.add(
            "typed too early", in: Shell.all,
            files: ["ask.py": "import time, getpass; time.sleep(0.3); getpass.getpass('Password: ')\n"], "python3 ask.py<enter>",
            .wait("Password:"), "public<enter>", "t forbidden after<enter>")
        list.add(
            "a prompt that says so, with echo", in: Shell.posix, "printf 'Password: '; read p<enter>", "visible<enter>",
            "t forbidden after<enter>")
        return list
    }
}
