extension KnownOptions {
    static let table: [String: KnownOptions] = {
        var table: [String: KnownOptions] = [:]
        for (names, options) in entries {
            for name in names.split(separator: " ") { table[String(name)] = options }
        }
        return table
    }()

    private static let entries: [(String, KnownOptions)] = [
        // Files: POSIX and GNU coreutils.
        ("rm rmdir unlink cat tac rev sync pwd true false echo", KnownOptions("")),
        ("chmod", KnownOptions("--reference")),
        ("chattr", KnownOptions("-v -p")),
        ("chcon", KnownOptions("--reference -u --user -r --role -t --type -l --range")),
        ("setfacl", KnownOptions("-m --modify -M --modify-file -x --remove -X --remove-file --set --set-file --restore")),
        ("chown chgrp", KnownOptions("--reference --from")),
        ("cp mv ln", KnownOptions("-t --target-directory -S --suffix")),
        ("install", KnownOptions("-t --target-directory -S --suffix -m --mode -o --owner -g --group --strip-program")),
        ("mkdir mkfifo mknod", KnownOptions("-m --mode")),
        ("touch", KnownOptions("-d --date -r --reference -t --time")),
        ("truncate", KnownOptions("-s --size -r --reference")),
        ("shred", KnownOptions("-n --iterations -s --size --random-source")),
        ("head tail", KnownOptions("-n --lines -c --bytes -s --sleep-interval --pid --max-unchanged-stats")),
        ("find", KnownOptions("…", .oneDash)),
        ("tar bsdtar gtar star", KnownOptions("-f --file -C --directory -b -T -X -K -L -N -V -g -H -I -F …", .bundle)),
        ("ar", KnownOptions("…", .bundle)),
        (
            "grep egrep fgrep zgrep",
            KnownOptions(
                "-e --regexp -f --file -m --max-count -A --after-context -B --before-context -C --context -D --devices -d --directories "
                    + "--label --include --exclude --exclude-from --exclude-dir --binary-files")
        ),
        ("sed gsed", KnownOptions("-e --expression -f --file -l --line-length")),
        (
            "sort",
            KnownOptions(
                "-k --key -t --field-separator -S --buffer-size -T --temporary-directory -o --output --batch-size --compress-program "
                    + "--files0-from --parallel --random-source --sort")
        ),
        ("tee sponge", KnownOptions("")),
        ("dd", KnownOptions("")),
        // Disks.
        ("mkfs", KnownOptions("-t --type …")),
        ("mke2fs", KnownOptions("-b -C -d -e -E -g -G -i -I -J -l -L -m -M -N -o -O -r -t -T -U -z")),
        ("mkswap", KnownOptions("-p --pagesize -L --label -U --uuid -v --swapversion -o --offset -s --size -e --endianness")),
        ("wipefs", KnownOptions("-o --offset -O --output -t --types")),
        ("blkdiscard", KnownOptions("-o --offset -l --length -p --step")),
        ("parted", KnownOptions("-a --align")),
        (
            "sgdisk",
            KnownOptions(
                "-a --set-alignment -A --attributes -b --backup -c --change-name -C --recompute-chs -d --delete -e -F -f -i --info -l "
                    + "--load-backup -n --new -N --largest-new -r --transpose -R --replicate -s -S --resize-table -t --typecode -T -u "
                    + "--partition-guid -U --disk-guid -h --hybrid")
        ),
        ("tune2fs", KnownOptions("-c -C -e -E -g -i -I -J -L -m -M -o -O -Q -r -T -u -U -z")),
        ("xfs_admin", KnownOptions("-L -O -r -U")),
        (
            "fdisk cfdisk sfdisk",
            KnownOptions("-b --sector-size -c -L -o --output -t --type -u -w -W -C -H -S --color --compatibility …")
        ),
        (
            "mount",
            KnownOptions(
                "-t --types -o --options -O --test-opts -L --label -U --uuid -N --namespace -T --fstab --source --target")
        ),
        ("umount", KnownOptions("-t --types -O --test-opts -N --namespace")),
        // Languages: what the program is, and no more options behind it. `-c CODE`, `-m MODULE`.
        ("python pypy", KnownOptions("-c -m -W -X -Q --check-hash-based-pycs")),
        ("perl", KnownOptions("-e -E")),
        ("ruby", KnownOptions("-e -r -I -C -E --encoding --external-encoding --internal-encoding --require")),
        ("node nodejs", KnownOptions("-e --eval -p --print -r --require -C --conditions --import --loader --input-type …")),
        ("php", KnownOptions("-r -f -d -c -B -R -F -E -S -t -z")),
        ("lua luajit", KnownOptions("-e -l")),
        ("sh bash dash ash ksh ksh93 mksh zsh", KnownOptions("-o -O --rcfile --init-file")),
        (". source", KnownOptions("")),
        (
            "awk gawk mawk nawk",
            KnownOptions(
                "-F --field-separator -v --assign -f --file -e --source -E --exec -i --include -l --load -L -o -d -D -p")
        ),
        // Processes and services.
        ("kill", KnownOptions("-s --signal -n -q --queue")),
        (
            "systemctl",
            KnownOptions(
                "-H --host -M --machine -t --type --state -p --property -P -n --lines -o --output -s --signal --kill-whom --kill-who "
                    + "--job-mode --what --when --root --image --preset-mode --check-inhibitors --message --legend --timestamp --mkdir-mode "
                    + "--firmware-setup --boot-loader-menu --boot-loader-entry --drop-in")
        ),
        (
            "loginctl machinectl",
            KnownOptions("-H --host -M --machine -p --property -n --lines -o --output -s --signal --kill-whom …")
        ),
        (
            "journalctl",
            KnownOptions(
                "-b -c --cursor -D --directory -F --field -g --grep -M --machine -n -o --output -p --priority -S --since -t --identifier "
                    + "-u --unit --user-unit -U --until --after-cursor --cursor-file --facility --file --root --image --namespace "
                    + "--vacuum-size --vacuum-files --vacuum-time --interval --verify-key …")
        ),
        ("shutdown reboot poweroff halt service", KnownOptions("")),
        ("supervisorctl", KnownOptions("-c --configuration -s --serverurl -u --username -p --password")),
        // Network.
        ("ip", KnownOptions("-n -netns -b -batch -f -family -l -loops -rc -rcvbuf", [.oneDash, .abbreviates])),
        ("tc bridge", KnownOptions("-n -netns -b -batch", [.oneDash, .abbreviates])),
        ("nmcli", KnownOptions("-m --mode -f --fields -g --get-values -w --wait -e --escape -c --colors", .abbreviates)),
        ("nft", KnownOptions("-f --file -I --includepath -D --define")),
        (
            "iptables ip6tables iptables-legacy ip6tables-legacy iptables-nft ip6tables-nft ebtables arptables",
            KnownOptions(
                "-t --table -p --protocol -s --source -d --destination -i --in-interface -o --out-interface -j --jump -g --goto -m --match "
                    + "-w --wait -c --set-counters --sport --dport --state --modprobe …")
        ),
        // Version control.
        ("git", KnownOptions("-C -c --git-dir --work-tree --namespace --super-prefix --config-env --attr-source --list-cmds …")),
        ("hg", KnownOptions("-R --repository --cwd --config --encoding --encodingmode …", .abbreviates)),
        ("gh glab", KnownOptions("-R --repo --hostname …")),
        // Containers.
        (
            "docker podman nerdctl",
            KnownOptions(
                "-H --host -c --context -l --log-level --config --tlscacert --tlscert --tlskey --url --connection --identity --root --runroot "
                    + "--storage-driver --storage-opt --runtime --tmpdir --cgroup-manager --conmon --network-cmd-path --events-backend -n "
                    + "--namespace -a --address …")
        ),
        (
            "docker-compose podman-compose",
            KnownOptions(
                "-f --file -p --project-name -c --context -H --host --profile --env-file --project-directory --tlscacert --tlscert --tlskey …"
            )
        ),
        ("ctr", KnownOptions("-n --namespace -a --address --timeout --connect-timeout …")),
        ("crictl", KnownOptions("-c --config -i --image-endpoint -r --runtime-endpoint -t --timeout …")),
        ("lxc incus", KnownOptions("--project …")),
        ("virsh", KnownOptions("-c --connect -d --debug -e --escape -k --keepalive-interval -K --keepalive-count -l --log …")),
        // Cloud.
        (
            "aws",
            KnownOptions(
                "--profile --region --output --endpoint-url --query --color --ca-bundle --cli-read-timeout --cli-connect-timeout "
                    + "--cli-binary-format …")
        ),
        (
            "gcloud",
            KnownOptions(
                "--account --project --configuration --format --verbosity --impersonate-service-account --billing-project --flags-file "
                    + "--flatten --trace-token --access-token-file --filter --limit --page-size --sort-by --zone --region …")
        ),
        ("gsutil", KnownOptions("-o -h -u -i …")),
        ("bq", KnownOptions("--project_id --dataset_id --location --format --api --bigqueryrc --job_id …")),
        ("az", KnownOptions("-o --output --query --subscription …")),
        ("oci", KnownOptions("--config-file --profile --region --endpoint --auth --output --query --cli-rc-file …")),
        ("doctl", KnownOptions("-t --access-token -c --config -u --api-url --context -o --output --http-retry-max …")),
        ("hcloud", KnownOptions("--config --context --endpoint --poll-interval -o --output …")),
        (
            "openstack",
            KnownOptions(
                "--os-cloud --os-region-name --os-auth-url --os-username --os-password --os-project-name --os-project-id --os-token "
                    + "--os-interface --os-user-domain-name --os-project-domain-name --os-auth-type --os-cacert --os-cert --os-key "
                    + "--os-compute-api-version --log-file …")
        ),
        ("terraform tofu terragrunt vault consul nomad packer boundary", KnownOptions("…", .oneDash)),
        ("pulumi", KnownOptions("-C --cwd --color --logtostderr -v --verbose --profiling --tracing -s --stack …")),
        ("flyctl fly", KnownOptions("-t --access-token -a --app …")),
        ("heroku", KnownOptions("-a --app -r --remote …")),
        (
            "etcdctl",
            KnownOptions(
                "--endpoints --cert --key --cacert --user --password --command-timeout --dial-timeout --keepalive-time --keepalive-timeout "
                    + "-w --write-out -d --discovery-srv …")
        ),
        // Packages.
        (
            "apt apt-get apt-cache aptitude apt-mark",
            KnownOptions(
                "-o --option -c --config-file -t --target-release --default-release -a --host-architecture --planner --solver …")
        ),
        ("dpkg", KnownOptions("--admindir --root --instdir -D --debug --status-fd --status-logger --log …")),
        (
            "yum dnf dnf5 microdnf",
            KnownOptions(
                "-c --config -d --debuglevel -e --errorlevel -x --exclude --excludepkgs --installroot --enablerepo --disablerepo --repo --repoid "
                    + "--setopt --releasever --forcearch --advisory --bz --cve …")
        ),
        (
            "zypper",
            KnownOptions("-R --root -D --reposd-dir -C --cache-dir --plus-repo --releasever -c --config -p --plus-content …")
        ),
        (
            "pip pip2 pip3",
            KnownOptions("--proxy --timeout --retries --log --cache-dir --cert --client-cert --trusted-host --python …")
        ),
        ("npm pnpm yarn", KnownOptions("--prefix --registry -w --workspace -C --dir --cwd --userconfig …")),
        ("snap flatpak brew apk", KnownOptions("…")),
        // Storage and databases.
        ("zfs zpool lvm btrfs", KnownOptions("…")),
        ("ceph rbd rados", KnownOptions("-c --conf -n --name --id --cluster -k --keyring -m -i -o -p --pool --user …")),
        (
            "restic",
            KnownOptions("-r --repo --repository-file -p --password-file --password-command --key-hint --cache-dir -o --option …")
        ),
        (
            "redis-cli valkey-cli keydb-cli",
            KnownOptions(
                "-h -p -s -t -a -u -r -i -n -d -D -X --user --pass --cert --key --cacert --cacertdir --sni --tls-ciphers --tls-ciphersuites …"
            )
        ),
        (
            "mysqladmin mariadb-admin",
            KnownOptions("-u --user -h --host -P --port -S --socket -i --sleep -w --wait --defaults-file …")
        ),
        ("rabbitmqctl", KnownOptions("-n --node -t --timeout …")),
    ]
}
