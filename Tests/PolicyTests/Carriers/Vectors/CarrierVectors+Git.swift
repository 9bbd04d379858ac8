@testable import Policy

extension CarrierVector {
    /// Aliases, settings and subcommands of git that run commands.
    static let git: [CarrierVector] = [
        .init("git -c alias.x='!rm -rf /' x", "git> rm|-rf|/"),
        .init("git -c core.pager='rm -rf /' log", "git> rm|-rf|/"),
        .init("git rebase --exec 'rm -rf /' main", "git> rm|-rf|/"),
        .init("GIT_SSH_COMMAND='rm -rf /' git fetch", "GIT_SSH_COMMAND> rm|-rf|/"),
        .init("PAGER=cat git log", "PAGER> cat"),
        .init("git -c core.sshCommand='rm -rf /' fetch", "git> rm|-rf|/"),
        .init("git -c alias.x='log --oneline' x", "git> git|log|--oneline"),
        .init("git -ccore.pager='rm -rf /' log", "git> rm|-rf|/"),
        .init("git bisect run rm -rf /", "git> rm|-rf|/"),
        .init("git submodule foreach 'rm -rf /'", "git> rm|-rf|/"),
        .init("git submodule foreach --recursive rm -rf /", "git> rm|-rf|/"),
        .init("git filter-branch --tree-filter 'rm -rf /' HEAD", "git> rm|-rf|/"),
        .init("git clone 'ext::sh -c rm% -rf% /'", "git> sh|-c|rm -rf /", "git> sh> rm|-rf|/"),
        .init("git clone -c core.sshCommand='rm -rf /' u", "git> rm|-rf|/"),
        .init("git clone --upload-pack='rm -rf /' u", "git> rm|-rf|/"),
        .init("git config alias.x '!rm -rf /'", "git> rm|-rf|/"),
        .init("git grep -O'rm -rf /' x", "git> rm|-rf|/"),
        .init("git difftool -x 'rm -rf /' a", "git> rm|-rf|/"),
        .init("git --exec-path=/tmp x", doubts: [.redefinition]),
        .init("GIT_SSH=/tmp/x git fetch", "GIT_SSH> /tmp/x"),
        .init("GIT_EXTERNAL_DIFF='rm -rf /' git diff", "GIT_EXTERNAL_DIFF> rm|-rf|/"),
        .init(#"GIT_PAGER="$x" git log"#, doubts: [.redefinition]),
        .init("git -c core.editor=vim commit", "git> vim", doubts: [.interactive]),
        .init("git -c core.hooksPath=/tmp/x commit", doubts: [.commandFile]),
        .init(#"git -c "$x" log"#, doubts: [.evaluated]),
        .init("git --config-env=core.pager=X log", doubts: [.evaluated]),
        .init("git rebase -i -x 'rm -rf /' main", "git> rm|-rf|/"),
        .init("git push --receive-pack='rm -rf /' x", "git> rm|-rf|/"),
        .init("git fetch 'ext::rm -rf /'", "git> rm|-rf|/"),
        .init("git clone --template=/tmp/x u", doubts: [.commandFile]),
        .init("git for-each-repo --config=x status", "git> git|status"),
        .init("git shell", doubts: [.interactive]),
    ]
}
