@testable import Policy

extension CarrierVector {
    /// Terminal multiplexers and debuggers.
    static let terminals: [CarrierVector] = [
        .init("tmux new-session -d 'rm -rf /'", "tmux> rm|-rf|/"),
        .init("tmux send-keys 'rm -rf /' Enter", "tmux> rm|-rf|/"),
        .init("screen -dmS x rm -rf /", "screen> rm|-rf|/"),
        .init("screen -S x -X stuff 'rm -rf /^M'", "screen> rm|-rf|/"),
        .init("gdb -batch -ex 'shell rm -rf /'", "gdb> rm|-rf|/"),
        .init("gdb --args rm -rf /", "gdb> rm|-rf|/", doubts: [.pipedProgram]),
        .init("gdbserver :1 rm -rf /", "gdbserver> rm|-rf|/"),
        .init("lldb -o 'platform shell rm -rf /' -b", "lldb> rm|-rf|/"),
        .init("tmux", doubts: [.interactive]),
        .init("tmux attach", doubts: [.interactive]),
        .init("tmux new -s x", doubts: [.interactive]),
        .init("tmux new-session -d -s x rm -rf /", "tmux> rm|-rf|/"),
        .init(#"tmux new -d \; send-keys 'rm -rf /' C-m"#, "tmux> rm|-rf|/", doubts: [.interactive]),
        .init("tmux split-window -h 'rm -rf /'", "tmux> rm|-rf|/"),
        .init("tmux run-shell 'rm -rf /'", "tmux> rm|-rf|/"),
        .init(#"tmux if-shell 'rm -rf /' 'run "ls"'"#, "tmux> rm|-rf|/", "tmux> tmux|run|ls", "tmux> tmux> ls"),
        .init("tmux source-file x", doubts: [.commandFile]),
        .init("tmux -c 'rm -rf /'", "tmux> rm|-rf|/", doubts: [.interactive]),
        .init("tmux -f x new -d", doubts: [.commandFile, .interactive]),
        .init("tmux set -g default-command x", doubts: [.evaluated]),
        .init("tmux pipe-pane -o 'rm -rf /'", "tmux> rm|-rf|/"),
        .init("screen", doubts: [.interactive]),
        .init("screen -r x", doubts: [.interactive]),
        .init("screen -X exec rm -rf /", "screen> rm|-rf|/"),
        .init("screen -X eval x", doubts: [.evaluated]),
        .init("screen -c x", doubts: [.commandFile, .interactive]),
        .init("screen -s /tmp/x", "screen> /tmp/x", doubts: [.interactive]),
        .init("gdb", doubts: [.pipedProgram]),
        .init("gdb -x cmds prog", "gdb> prog", doubts: [.commandFile, .pipedProgram]),
        .init("gdb -ex 'python import os' -batch", doubts: [.foreignCode]),
        .init("gdb -ex '!rm -rf /' -batch", "gdb> rm|-rf|/"),
        .init("lldb prog", "lldb> prog", doubts: [.pipedProgram]),
    ]
}
