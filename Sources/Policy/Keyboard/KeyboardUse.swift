/// How one program uses the keyboard of the terminal that it runs on.
enum KeyboardUse: Hashable, Sendable {
    /// It surely reads nothing.
    case none
    /// It reads its standard input, or the terminal itself, and whatever is typed is its own.
    case reads
    /// It reads its standard input unless it has more operands than these, none of them `-`. The number is of those that name no file.
    case filters(leading: Int)
    /// It reads its standard input, whatever its operands.
    case readsInput
    /// It may ask for a password or a yes before it does what it is for.
    case asks
    /// It starts another command, which is in the reading too, and reads nothing itself.
    case carries
    /// An interpreter or a shell: without operands it reads its input, with a file of code nobody knows.
    case interprets
    /// By its subcommand, its options or the environment; nobody knows from outside.
    case unknown
}

extension KeyboardUse {
    /// A builtin that neither reads nor waits.
    static func isBriefBuiltin(_ name: String) -> Bool { name != "wait" && briefBuiltins.contains(name) }
    private static let briefBuiltins = Set(builtins.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Programs by the last component of their path. Those that are not here are `unknown`.
    static let table: [String: KeyboardUse] = {
        var table: [String: KeyboardUse] = [:]
        func add(_ names: String, _ use: KeyboardUse) {
            for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = use }
        }
        add(builtins, .none)
        add(quiet, .none)
        add("read select mapfile readarray vared", .readsInput)
        add("eval exec command builtin noglob nocorrect trap time and or not begin if while else", .carries)
        add(carriers, .carries)
        add(filters, .filters(leading: 0))
        add(filtersOfOne, .filters(leading: 1))
        add("tee tr xargs parallel sponge ts pv at batch mail mailx sendmail", .readsInput)
        add(screens, .reads)
        for group in ["editors", "pagers"] { for name in ProgramCatalogue.groups[group] ?? [] { table[name] = .reads } }
        for group in ["shells", "interpreters"] {
            for name in ProgramCatalogue.groups[group] ?? [] where table[name] == nil { table[name] = .interprets }
        }
        add("awk gawk mawk nawk original-awk bwk", .filters(leading: 1))
        add(asking, .asks)
        add("fg % source . fc git systemctl journalctl", .unknown)
        return table
    }()

    /// Of the shells (POSIX.1-2024 XCU 2.15 and 1.7, bash, zsh, fish), but those that read or start something.
    private static let builtins = """
        : [ [[ true false cd chdir pwd echo printf test export unset set shift return break continue exit logout alias unalias \
        jobs bg wait kill disown suspend umask ulimit type hash which whence where getopts let local declare typeset readonly \
        integer float times shopt setopt unsetopt enable disable bind bindkey zle complete compgen compopt compdef autoload \
        zmodload zstyle pushd popd dirs history help caller rehash emulate limit unlimit print abbr functions count contains \
        string math status end case switch for function emit block random set_color unfunction
        """

    /// Programs that do their work and say what came of it.
    private static let quiet = """
        ls dir vdir ll la l lsd exa eza tree stat file du df mkdir rmdir touch ln rm cp mv install unlink link mktemp mkfifo mknod \
        chmod chown chgrp chattr lsattr setfacl getfacl readlink realpath basename dirname sleep usleep make gmake ninja \
        date cal ncal uptime whoami id groups who w users last lastb lastlog tty hostname hostnamectl uname arch nproc lscpu \
        lsmem lsblk lsusb lspci lsmod lsof free vmstat iostat mpstat pidstat sar ps pgrep pkill killall pidof pstree pmap \
        renice printenv locale localectl getconf getent seq yes factor expr \
        locate updatedb whereis whatis apropos mandb ip ifconfig route arp netstat ss ping ping6 \
        traceroute tracepath dig host nslookup resolvectl curl wget wget2 md5 blkid findmnt sync \
        mountpoint swapon sysctl modprobe insmod rmmod depmod modinfo ldconfig ldd nm objdump readelf size strip \
        gcc g++ cc c++ clang clang++ ld as ar ranlib go rustc cargo javac swiftc cmake meson configure pkg-config \
        tar bsdtar zip dpkg-query rpmquery \
        logger wall mesg tput reset clear tset stty setterm banner cowsay figlet \
        fortune truncate fallocate shred diff3 cmp diff \
        ssh-keyscan gpgconf useradd userdel usermod groupadd groupdel \
        groupmod update-rc.d invoke-rc.d grub-mkconfig mkinitramfs \
        update-initramfs dracut sestatus getenforce setenforce restorecon chcon aureport iptables ip6tables nft \
        ipset tc brctl bridge ethtool iwconfig umount losetup \
        neofetch fastfetch screenfetch lsb_release
        """

    /// What they start is in the reading; they themselves read nothing.
    private static let carriers = """
        env nice ionice taskset chrt timeout nohup setsid stdbuf unbuffer strace ltrace find fd xvfb-run numactl chpst setpriv \
        flock systemd-cat dbus-run-session faketime catchsegv
        """

    private static let filters = """
        cat tac nl head tail wc sort uniq cut paste fold fmt pr expand unexpand rev od xxd hexdump hd strings base64 base32 \
        md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum gzip gunzip zcat bzip2 bunzip2 bzcat xz unxz \
        xzcat zstd unzstd zstdcat lz4 compress uncompress column col colrm look iconv dos2unix unix2dos shuf split tsort \
        ptx ul bc dc lolcat jo
        """

    /// Their first operand is a pattern, a program or a prefix.
    private static let filtersOfOne =
        "grep egrep fgrep rgrep zgrep zegrep zfgrep bzgrep xzgrep ag sed gsed ssed jq yq gron xmllint"

    /// They take the whole screen, or hold a conversation.
    private static let screens = """
        top htop btop atop iotop iftop nload nethogs powertop glances bmon watch mc ranger nnn lf vifm ncdu tig lazygit gitui k9s \
        tmux screen byobu zellij dvtm abduco dialog whiptail aptitude tasksel dselect ftp lftp sftp telnet ssh slogin mosh \
        autossh et plink rsh rlogin nc netcat ncat socat minicom picocom cu tio gdb lldb cgdb psql mysql mariadb sqlite3 \
        sqlite pgcli mycli litecli usql redis-cli valkey-cli mongo mongosh cqlsh sqlplus clickhouse-client passwd chsh chfn \
        visudo vipw vigr sudoedit crontab script login irssi weechat mutt neomutt alpine lynx links links2 elinks \
        w3m gpg gpg2 ssh-keygen ssh-add ssh-copy-id fdisk cfdisk gdisk cgdisk parted nmtui alsamixer cryptsetup openssl \
        expect asciinema bluetoothctl fzf peco sk gum smbclient telnet-ssl
        """

    /// A password, a passphrase, a yes: after it, nothing more.
    private static let asking = """
        sudo doas su runuser pkexec run0 machinectl apt apt-get nala dpkg yum dnf microdnf zypper pacman apk snap flatpak pip \
        pip3 npm npx yarn gem composer scp rsync unzip mount adduser deluser addgroup delgroup mkfs mke2fs fsck e2fsck \
        docker docker-compose podman kubectl helm terraform ansible ansible-playbook vagrant aws gcloud az timedatectl \
        loginctl nmcli service dmesg patch
        """

    /// Options that take the next word, of filters that no rule has asked about.
    static let options: [String: KnownOptions] = {
        var options: [String: KnownOptions] = [:]
        for (names, text) in [
            (
                "cat tac rev tsort expand unexpand md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum sum zcat bzcat xzcat "
                    + "zstdcat bzip2 bunzip2 gunzip uncompress ul col dos2unix unix2dos lolcat", "-t --tabs -s --separator"
            ),
            ("wc", "--files0-from"), ("cut", "-b --bytes -c --characters -f --fields -d --delimiter --output-delimiter"),
            ("uniq", "-f --skip-fields -s --skip-chars -w --check-chars"), ("paste", "-d --delimiters"),
            ("nl", "-b -d -f -h -i -l -n -s -v -w"), ("fold", "-w --width"), ("fmt", "-w --width -g --goal -p --prefix"),
            ("od", "-A -j -N -S -t -w"), ("xxd", "-c -g -l -n -o -s -R"), ("hexdump hd", "-e -f -n -s"),
            ("strings", "-n -e -t -T"),
            ("base64 base32", "-w --wrap"), ("cksum", "-a --algorithm"), ("gzip", "-S --suffix"),
            ("xz unxz", "-S -F -C -M -T --suffix --format --check --memlimit --threads"), ("zstd unzstd", "-o -D"),
            ("column", "-s -o -c -N -H -R -T -W -E -d --separator --output-separator"),
            ("iconv", "-f --from-code -t --to-code -o --output"), ("shuf", "-n --head-count -i --input-range -o --output"),
            ("split", "-a -b -l -n -C -t"), ("jq yq gron", "-f --from-file -L --indent"),
            ("rgrep zegrep zfgrep bzgrep xzgrep", "-e -f -m -A -B -C -D -d"),
        ] { for name in names.split(separator: " ") { options[String(name)] = KnownOptions(text) } }
        return options
    }()
}
