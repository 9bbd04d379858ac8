import Guard
import Testing

@testable import Policy

/// Who reads the keyboard while a line runs.
@Suite struct KeyboardTests {
    private func reader(_ line: String, _ language: LineLanguage = .bash) -> KeyboardReader {
        TypedLine(text: Array(line.utf8), language: language, isFromEditor: true).reading.keyboardReader(in: language)
    }

    static let nobody = [
        "", "cd /x", "pwd", "echo a", "printf %s a", "test -f x", "[ -f x ]", "true", "false", ":", "export A=1", "A=1",
        "unset A",
        "set -e", "shift", "jobs", "bg", "wait", "kill 1", "umask", "ulimit -a", "type ls", "hash", "which ls", "let 'a=1'",
        "declare a", "local a", "times", "shopt", "pushd /x", "popd", "dirs", "history", "exit", "logout", "disown",
        "ls", "ls -la /x", "/bin/ls", "tree", "stat x", "file x", "du -sh", "df -h", "mkdir x", "rmdir x", "touch x", "ln -s a b",
        "rm -rf x", "rm x", "cp a b", "cp -a a b", "mv a b", "install a b", "mktemp", "chmod 600 x", "chown a x", "readlink x",
        "basename x", "sleep 5", "make", "make -j4 all", "date", "cal", "uptime", "whoami", "id", "w", "last", "tty", "hostname",
        "uname -a", "nproc", "lscpu", "lsblk", "lsmod", "free -m", "vmstat 1", "iostat", "ps aux", "pgrep x", "pkill x",
        "killall x",
        "pidof x", "printenv", "seq 3", "yes", "locate x", "ip a", "ss -tlnp", "netstat -an", "ping -c 1 h", "dig x", "host x",
        "nslookup x", "curl http://x", "wget http://x", "sync", "sysctl -a", "modprobe x", "ldd x", "gcc x.c", "cargo build",
        "cmake .", "tar xf x.tar", "tar czf - /x", "zip x a", "logger x", "clear", "reset", "tput cols", "diff a b", "cmp a b",
        "git status", "git add x", "git checkout main", "git reset", "systemctl is-active ssh", "journalctl --no-pager",
        "journalctl -f", "journalctl | head", "env ls", "nice ls", "timeout 5 ls", "nohup ls", "stdbuf -o0 ls", "exec ls",
        "find / -name x", "find / -exec ls {} +", "strace ls", "cat x", "cat a b", "tac x", "head -n 5 x", "head -5 x",
        "tail -f x",
        "wc -l x", "sort x", "sort -k 2 x", "uniq x", "cut -d: -f1 x", "grep a x", "grep -r a", "grep -e a x", "grep -rn a .",
        "sed s/a/b/ x", "sed -i s/a/b/ x", "sed -e s/a/b/ x", "awk '{print}' x", "base64 x", "md5sum x", "sha256sum x", "gzip x",
        "xz x", "jq . x", "xxd x", "strings x", "less x | head", "cat < x", "wc -l < x", "ls | sort", "ls | grep a | wc -l",
        "ls | less -R | cat", "echo a | tee x", "cat <<E\nx\nE", "cat <<< x", "ls | xargs rm", "echo 1 | bc",
        "while true; do sleep 1; done",
        "for i in *; do echo $i; done", "if test -f x; then cat x; fi", "psql -c 'select 1'", "mysql -e 'select 1'",
        "sqlite3 x.db 'select 1'", "echo 'select 1' | psql", "vim --version", "bash --help", "ssh --help", "python3 --version",
        "read x < f", "sh -c ls", "bash -c 'ls | cat'", "iptables -L", "useradd x", "eval ls", "(cd /x && ls)", "ls > f 2>&1",
    ]
    static let program = [
        "cat", "cat > f", "cat -", "cat - x", "tac", "head", "head -n 5", "tail", "wc", "wc -l", "sort", "sort -k 2", "uniq",
        "grep a", "grep -e a", "sed s/a/b/", "awk '{print}'", "tr a b", "tee x", "base64", "md5sum", "xargs rm", "cut -f1", "bc",
        "vim", "vim x", "vi x", "nano x", "emacs x", "ed x", "less x", "more x", "man ls", "top", "htop", "watch ls", "mc",
        "tmux", "tmux attach", "screen", "ssh host", "ssh host ls", "telnet h", "ftp h", "sftp h", "nc h 1", "gdb x", "passwd",
        "chsh", "visudo", "crontab -e", "python3", "perl", "node", "irb", "redis-cli", "mongosh", "read x", "read -s x",
        "select x in a b; do echo; done; read y", "rm -i x", "rm -ri x", "cp -i a b", "mv --interactive a b", "git add -p",
        "sudo vim x", "env less x", "timeout 5 top", "ls; vim x", "vim x && ls", "nohup python3", "sudo cat", "csh", "tcsh -l",
        "bash -s", "bash --norc", "bash > log", "bash | tee log", "bash; vim x", "bash; ./x", "dialog --yesno a 1 1", "whiptail",
        "mysql > f", "find . -exec less {} +", "mapfile a", "openssl s_client", "gpg -c x", "ssh-keygen", "fdisk /dev/x",
        "apt-get install x; vim y", "psql; mysql", "bash; psql", "if true; then cat; fi", "cat /dev/tty",
    ]
    static let unknown = [
        "./deploy", "deploy.sh", "~/bin/x", "/opt/x/ls", "./ls", "$x", "$EDITOR x", "foo", "my-tool --now", "sudo ls",
        "sudo -n ls",
        "su -c ls", "doas ls", "apt-get install x", "yum install x", "dnf update", "pip install x", "npm install", "docker run x",
        "kubectl get pods", "scp a h:b", "rsync a h:b", "git log", "git commit", "git push", "git", "systemctl status",
        "systemctl restart x", "journalctl", "fg", "source x", ". ./x", "fc", "python3 x.py", "bash x.sh", "sh ./x", "perl -e x",
        "python3 -c 'input()'", "eval \"$x\"", "ls; ./x", "ls | ./x", "sudo make install", "service ssh restart", "unzip x",
        "`which ls`", "read x; sleep 9", "cat; make", "cat > f && ls", "exec $x", "head $x",
    ]
    static let shell = [
        "bash", "bash -l", "bash -i", "bash --login", "/bin/bash", "sh", "zsh", "fish", "dash", "ksh", "mksh", "ash", "exec bash",
        "sudo bash", "sudo -i", "sudo -s", "su", "su -", "su - postgres", "env A=1 bash", "cd /x && bash", "sudo -u www bash",
        "env -i bash", "bash; bash", "bash; ls", "sudo su -", "nice bash", "time bash", "bash -c 'exec bash'",
    ]

    @Test func `there are more than enough programs`() { #expect(KeyboardUse.table.count > 500) }
    @Test(arguments: nobody) func `nobody reads`(line: String) { #expect(reader(line) == .nobody) }
    @Test(arguments: program) func `the program reads`(line: String) { #expect(reader(line) == .program) }
    @Test(arguments: unknown) func `nobody knows who`(line: String) { #expect(reader(line) == .unknown) }
    @Test(arguments: shell) func `a shell reads`(line: String) { #expect(reader(line) == .shell) }

    @Test(arguments: [
        ("psql", KeyboardReader.psql), ("psql -U x db", .psql), ("sudo -u postgres psql", .psql), ("mysql", .mysql),
        ("mysql -u root -p db", .mysql), ("mariadb", .mysql), ("sqlite3 x.db", .sqlite3), ("cd /x; sqlite3 x.db", .sqlite3),
    ])
    func `a database client reads`(line: String, expected: KeyboardReader) { #expect(reader(line) == expected) }

    @Test func `zsh reads for a redirection without a program`() {
        #expect(reader("> f", .zsh) == .unknown)
        #expect(reader("> f", .bash) == .nobody)
    }

    @Test func `what is not known of the line is not known of the keyboard`() {
        let line = TypedLine(text: Array("ls".utf8), language: .shell, doubts: [.oneWitness])
        #expect(line.reading.keyboardReader(in: .shell) == .unknown)
    }

    @Test func `an alias reads what it stands for reads`() {
        let definition = LineDefinition(.alias, name: Array("rm".utf8), text: Array("rm -i".utf8))
        let line = TypedLine(text: Array("rm x".utf8), language: .bash, definitions: [definition])
        #expect(line.reading.keyboardReader(in: .bash) == .program)
    }
}
