/// The groups of programs that a rule may name as `group:NAME`, and that tell what a carrier or a doubt is about.
///
/// Names are the last component of a path. A program whose file carries its version (`python3.11`, `lua5.4`) is listed without it:
/// ask `contains`, which knows.
package enum ProgramCatalogue {
    package static let groups: [String: Set<String>] = [
        "shells": [
            "sh", "bash", "rbash", "dash", "ash", "zsh", "rzsh", "ksh", "rksh", "ksh93", "mksh", "lksh", "pdksh", "oksh", "yash",
            "posh",
            "fish", "csh", "tcsh", "bsd-csh", "pwsh", "powershell", "nu", "elvish", "xonsh", "rc", "es", "sash", "scsh", "osh",
            "ysh",
            "static-sh", "bash-static", "zsh-static", "busybox-sh",
        ],
        "interpreters": [
            "python", "python2", "python3", "pypy", "pypy3", "ipython", "ipython3", "jython", "micropython", "bpython",
            "perl", "perl5", "raku", "perl6", "ruby", "irb", "jruby", "pry", "node", "nodejs", "deno", "bun", "tsx", "ts-node",
            "php", "php-cgi", "php-cli", "phpdbg", "lua", "luajit", "lua5.1", "tclsh", "wish", "expect", "osascript",
            "awk", "gawk", "mawk", "nawk", "original-awk", "bwk", "R", "Rscript", "julia", "guile", "racket", "scheme", "clojure",
            "ghci", "runghc", "runhaskell", "ocaml", "erl", "escript", "elixir", "iex", "groovy", "groovysh", "scala", "jshell",
            "kotlinc",
            "swipl", "sbcl", "clisp", "ecl", "gst", "octave", "bc", "dc", "jrunscript", "jjs", "qjs", "dotnet-script", "gforth",
            "picolisp",
        ],
        "editors": [
            "vi", "vim", "nvim", "view", "rvim", "rview", "gvim", "gview", "vimdiff", "vim.basic", "vim.tiny", "vim.nox",
            "vim.gtk3",
            "nvi", "vile", "elvis", "ex", "ed", "red", "emacs", "emacsclient", "emacs-nox", "xemacs", "zile", "mg", "jove",
            "jmacs",
            "mc", "nano", "rnano", "pico", "micro", "joe", "jed", "jstar", "jpico", "rjoe", "ne", "mcedit", "kak", "hx", "helix",
            "editor",
            "sensible-editor", "select-editor", "vipw", "vigr", "visudo", "sudoedit", "code", "gedit", "kate", "tilde",
            "dte",
        ],
        "pagers": [
            "less", "more", "most", "pg", "pager", "sensible-pager", "view", "zless", "zmore", "bzless", "bzmore", "xzless",
            "xzmore",
            "zstdless", "lv", "bat", "batcat", "man", "info", "pinfo", "w3m",
        ],
        "downloaders": [
            "curl", "wget", "wget2", "aria2c", "axel", "fetch", "http", "https", "httpie", "xh", "xhs", "curlie", "lwp-request",
            "lwp-download",
            "GET", "POST", "HEAD", "ftp", "lftp", "ncftp", "ncftpget", "tnftp", "tftp", "lynx", "links", "links2", "elinks",
            "w3m",
            "yt-dlp", "youtube-dl", "rclone", "gsutil", "s3cmd", "s5cmd", "snarf", "puf", "saldl", "hget", "ftpget",
            "ftpput",
        ],
        "remote-shells": [
            "ssh", "slogin", "autossh", "sshpass", "mosh", "et", "dbclient", "plink", "telnet", "rsh", "rlogin", "rexec", "remsh",
            "pssh",
            "parallel-ssh", "pdsh", "dsh", "clush", "cssh", "clusterssh", "sshuttle", "scp", "sftp", "rsync", "tsh", "teleport",
            "ansible", "ansible-playbook", "ansible-console", "salt", "salt-ssh", "salt-call", "knife", "fab", "winrs",
            "evil-winrm",
            "psexec", "krsh", "pscp", "psftp", "gsissh",
        ],
        "network-tools": [
            "nc", "netcat", "ncat", "nc.openbsd", "nc.traditional", "cryptcat", "pnetcat", "socat", "socat1", "nmap", "zenmap",
            "masscan",
            "hping", "hping2", "hping3", "tcpdump", "tshark", "wireshark", "dumpcap", "ngrep", "ettercap", "arpspoof", "dsniff",
            "ssldump",
            "telnet", "iodine", "dnscat", "dnscat2", "chisel", "ngrok", "frpc", "frps", "cloudflared", "stunnel", "stunnel4",
            "openssl",
            "proxychains", "proxychains4", "torsocks", "torify", "tor", "gost", "ligolo", "pwncat", "sbd", "rcat", "rustcat",
            "websocat",
            "mitmproxy", "mitmdump", "bettercap", "responder", "redir", "rinetd", "iperf", "iperf3", "arping", "scapy",
        ],
        "package-managers": [
            "apt", "apt-get", "aptitude", "apt-mark", "apt-key", "add-apt-repository", "dpkg", "dselect", "nala", "synaptic",
            "tasksel",
            "yum", "dnf", "dnf5", "microdnf", "rpm", "rpm-ostree", "zypper", "pacman", "yay", "paru", "apk", "opkg", "ipkg",
            "xbps-install",
            "xbps-remove", "emerge", "portage", "pkg", "pkg_add", "pkg_delete", "pkgin", "slackpkg", "installpkg", "removepkg",
            "eopkg",
            "swupd", "snap", "flatpak", "brew", "port", "nix", "nix-env", "nix-shell", "nix-channel", "guix", "conda", "mamba",
            "micromamba",
            "pip", "pip2", "pip3", "pipx", "uv", "uvx", "poetry", "pdm", "easy_install", "npm", "npx", "pnpm", "pnpx", "yarn",
            "corepack", "gem",
            "bundle", "bundler", "cargo", "rustup", "cpan", "cpanm", "luarocks", "composer", "pecl", "pear", "cabal", "stack",
            "opam", "hex",
            "mix", "asdf", "sdk", "alien", "debconf-set-selections",
        ],
        "databases": [
            "psql", "pg_dump", "pg_dumpall", "pg_restore", "pg_ctl", "pg_ctlcluster", "pg_dropcluster", "createdb", "dropdb",
            "createuser",
            "dropuser", "initdb", "vacuumdb", "reindexdb", "pgbench", "pgcli", "mysql", "mariadb", "mysqladmin", "mariadb-admin",
            "mysqldump",
            "mariadb-dump", "mysqlimport", "mycli", "mysqlsh", "sqlite3", "sqlite", "litecli", "sqlplus", "sqlcl", "rman",
            "impdp", "expdp",
            "sqlcmd", "bcp", "isql", "fisql", "tsql", "isql-fb", "osql", "usql", "db2", "hdbsql", "vsql", "beeline", "hive",
            "impala-shell", "presto", "trino",
            "clickhouse", "clickhouse-client", "clickhouse-local", "duckdb", "cockroach", "mongo", "mongosh", "mongodump",
            "mongorestore",
            "mongoexport", "mongoimport", "redis-cli", "valkey-cli", "keydb-cli", "cqlsh", "nodetool", "influx", "couchdb",
            "cypher-shell",
            "etcdctl", "ldapmodify", "ldapdelete", "ldapadd",
        ],
        "cloud-tools": [
            "aws", "aws2", "aws_completer", "gcloud", "gsutil", "bq", "az", "azcopy", "oci", "ibmcloud", "aliyun", "tccli",
            "doctl", "hcloud",
            "linode-cli", "scw", "exo", "vultr-cli", "openstack", "nova", "swift", "s3cmd", "s5cmd", "terraform", "tofu",
            "terragrunt",
            "pulumi", "cdk", "sam", "eksctl", "kops", "flyctl", "fly", "heroku", "vercel", "netlify", "wrangler", "packer",
            "vault", "consul",
            "nomad", "boundary", "eb", "ecs-cli", "copilot", "serverless", "sls", "govc", "civo", "firebase", "databricks",
            "snow", "snowsql",
            "rclone", "cloudctl", "kubeadm",
        ],
        "containers": [
            "docker", "podman", "nerdctl", "docker-compose", "podman-compose", "buildah", "skopeo", "ctr", "crictl", "runc",
            "crun", "lxc",
            "lxc-attach", "lxc-execute", "lxc-start", "lxc-stop", "lxc-destroy", "incus", "lxd", "machinectl", "systemd-nspawn",
            "kubectl", "oc",
            "k3s", "k9s", "kubens", "kubectx", "kustomize", "helm", "minikube", "kind", "k3d", "microk8s", "kubeadm", "stern",
            "argocd",
            "flux", "istioctl", "apptainer", "singularity", "distrobox", "toolbox", "dive", "ocne", "rancher", "virsh", "vagrant",
            "multipass",
            "qm", "pct", "xl", "jexec", "bastille", "iocage",
        ],
        "archivers": [
            "tar", "bsdtar", "gtar", "star", "cpio", "bsdcpio", "pax", "ar", "zip", "unzip", "zipnote", "zipsplit", "zipcloak",
            "7z", "7za",
            "7zr", "7zz", "p7zip", "rar", "unrar", "gzip", "gunzip", "pigz", "unpigz", "bzip2", "bunzip2", "pbzip2", "lbzip2",
            "xz", "unxz",
            "lzma", "unlzma", "zstd", "unzstd", "pzstd", "lz4", "unlz4", "lzop", "compress", "uncompress", "brotli", "arj", "lha",
            "zoo",
            "cabextract", "unar", "lsar", "shar", "uuencode", "uudecode", "mksquashfs", "unsquashfs", "dump", "restore", "borg",
            "restic",
            "duplicity",
        ],
        "disk-tools": [
            "dd", "dcfldd", "dc3dd", "ddrescue", "fdisk", "sfdisk", "cfdisk", "gdisk", "sgdisk", "cgdisk", "parted", "partprobe",
            "partx",
            "addpart", "delpart", "resizepart", "mkfs", "mke2fs", "mkfs.ext2", "mkfs.ext3", "mkfs.ext4", "mkfs.xfs", "mkfs.btrfs",
            "mkfs.vfat",
            "mkfs.fat", "mkfs.msdos", "mkfs.exfat", "mkfs.ntfs", "mkfs.f2fs", "mkfs.minix", "mkfs.cramfs", "mkfs.bfs", "mkfs.jfs",
            "mkfs.reiserfs", "mkfs.udf", "mkfs.nilfs2", "mkfs.erofs", "mkdosfs", "mkexfatfs", "mkntfs", "mkreiserfs", "mkudffs",
            "mkswap",
            "swapon", "swapoff", "wipefs", "blkdiscard", "blockdev", "hdparm", "sdparm", "sg_format", "nvme", "smartctl",
            "tune2fs",
            "resize2fs", "e2fsck", "e2image", "e2label", "debugfs", "dumpe2fs", "fsck", "xfs_admin", "xfs_growfs", "xfs_repair",
            "xfs_db",
            "xfs_io", "btrfs", "btrfstune", "zfs", "zpool", "lvm", "lvcreate", "lvremove", "lvresize", "lvreduce", "lvextend",
            "lvchange",
            "lvrename", "lvconvert", "vgcreate", "vgremove", "vgreduce", "vgextend", "vgchange", "vgrename", "pvcreate",
            "pvremove",
            "pvmove", "pvresize", "pvchange", "dmsetup", "dmraid", "mdadm", "cryptsetup", "veritysetup", "integritysetup",
            "luksformat",
            "losetup", "mount", "umount", "fstrim", "fsfreeze", "badblocks", "shred", "wipe", "srm", "scrub", "nwipe",
            "secure-delete",
            "growpart", "multipath", "kpartx", "diskutil", "newfs", "gpart", "format", "drbdadm", "ceph", "rbd", "gluster",
            "fallocate",
        ],
        "privilege-tools": [
            "sudo", "sudoedit", "doas", "su", "runuser", "pkexec", "sg", "newgrp", "setpriv", "capsh", "setcap", "chroot",
            "nsenter",
            "unshare", "machinectl", "systemd-run", "run0", "please", "super", "calife", "gosu", "su-exec", "setuidgid", "dzdo",
            "pfexec",
            "pbrun", "really", "rootsh",
        ],
        "firewall-tools": [
            "iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "iptables-legacy", "ip6tables-legacy",
            "iptables-nft",
            "ip6tables-nft", "iptables-apply", "nft", "ipset", "ebtables", "arptables", "ufw", "firewall-cmd",
            "firewall-offline-cmd",
            "pfctl", "ipfw", "ipf", "shorewall", "csf", "netfilter-persistent", "iptables-save", "nfct", "conntrack",
        ],
        "account-tools": [
            "useradd", "userdel", "usermod", "adduser", "deluser", "groupadd", "groupdel", "groupmod", "addgroup", "delgroup",
            "gpasswd",
            "passwd", "chpasswd", "chgpasswd", "chage", "chsh", "chfn", "vipw", "vigr", "visudo", "pwconv", "pwunconv", "grpconv",
            "grpunconv", "newusers", "lchsh", "luseradd", "luserdel", "lusermod", "faillock", "pam_tally2", "htpasswd",
            "smbpasswd", "homectl",
        ],
        "service-tools": [
            "systemctl", "service", "initctl", "rc-service", "rc-update", "chkconfig", "update-rc.d", "invoke-rc.d", "sv", "svc",
            "s6-svc",
            "supervisorctl", "monit", "launchctl", "telinit", "init", "openrc", "pm2", "loginctl",
        ],
        "power-tools": [
            "shutdown", "reboot", "halt", "poweroff", "telinit", "init", "kexec", "pm-suspend", "rtcwake", "systemctl-reboot",
        ],
        "compilers": [
            "gcc", "g++", "cc", "c++", "c89", "c99", "clang", "clang++", "tcc", "as", "ld", "go", "rustc", "javac", "swiftc",
            "ghc", "fpc",
            "gfortran", "nasm", "make", "gmake", "cmake", "ninja", "zig",
        ],
        "debuggers": [
            "gdb", "lldb", "gdbserver", "strace", "ltrace", "ptrace", "perf", "bpftrace", "bpftool", "rr", "valgrind", "dtrace",
            "systemtap",
            "stap", "gcore", "reptyr", "crash", "drgn", "uprobe",
        ],
    ]

    /// The names of a group, or nil if there is none of that name.
    package static func programs(in group: String) -> Set<String>? { groups[group] }

    /// Whether a program is in a group: by its name, or by its name without a version at its end (`python3.11`, `clang++-16`).
    package static func contains(_ program: String, in group: String) -> Bool {
        guard let programs = groups[group] else { return false }
        return programs.contains(program) || programs.contains(withoutVersion(program))
    }

    /// `python3.11` and `python3` are `python`, `clang-16` is `clang`; a name without a version, or of nothing else, stays.
    package static func withoutVersion(_ program: String) -> String {
        let bytes = program.utf8
        guard let last = bytes.last, (0x30...0x39).contains(last) else { return program }
        let version: Set<UInt8> = Set("0123456789.-".utf8)
        let name = bytes.reversed().drop { version.contains($0) }
        return name.isEmpty ? program : String(decoding: name.reversed(), as: UTF8.self)
    }
}
