@testable import Policy

extension CarrierVector {
    /// Names in disguise, the dynamic linker, and variables that change what commands do.
    static let others: [CarrierVector] = [
        .init("/lib64/ld-linux-x86-64.so.2 /bin/rm -rf /", "ld-linux-x86-64.so.2> /bin/rm|-rf|/"),
        .init("/usr/bin/sud? rm -rf /", "sudo> rm|-rf|/", doubts: [.unknownProgram]),
        .init("PATH=/tmp:$PATH ls", doubts: [.redefinition]),
        .init("LD_PRELOAD=/tmp/x.so ls", doubts: [.redefinition]),
        .init("IFS=, ", doubts: [.redefinition]),
        .init("HOME=/ ls", doubts: [.redefinition]),
        .init("PS1='$(rm -rf /)'", "PS1> :|‹$(rm -rf /)›", "PS1> rm|-rf|/", doubts: [.redefinition]),
        .init("PROMPT_COMMAND='rm -rf /'", "PROMPT_COMMAND> rm|-rf|/", doubts: [.redefinition]),
        .init("/proc/self/exe -c 'rm -rf /'", "sh> rm|-rf|/"),
        .init("ld.so --preload /x /bin/rm -rf /", "ld.so> /bin/rm|-rf|/", doubts: [.redefinition]),
        .init(
            "/lib64/ld-linux-x86-64.so.2 --library-path /x /bin/rm -rf /", "ld-linux-x86-64.so.2> /bin/rm|-rf|/",
            doubts: [.redefinition]),
        .init("/usr/bin/nic? rm -rf /", "nice> rm|-rf|/", doubts: [.unknownProgram]),
        .init("/usr/bin/[s]udo rm -rf /", "sudo> rm|-rf|/", doubts: [.unknownProgram]),
        .init("PATH= ls", doubts: [.redefinition]),
        .init(#"PATH="$HOME/bin:$PATH" ls"#, doubts: [.redefinition]),
        .init("PYTHONPATH=/tmp ls", doubts: [.redefinition]),
        .init("NODE_OPTIONS=x ls", doubts: [.redefinition]),
        .init("RUBYOPT=x ls", doubts: [.redefinition]),
        .init("SHELLOPTS=xtrace ls", doubts: [.redefinition]),
        .init("BASH_ALIASES[ls]='rm -rf /'", doubts: [.redefinition]),
        .init("busybox-x86_64 rm -rf /", "busybox-x86_64> rm|-rf|/"),
        .init("perl5.36-x86_64-linux-gnu -e 'x'", doubts: [.foreignCode]),
        .init("python3-dbg x.py", doubts: [.commandFile]),
    ]
}
