# Runs under /bin/sh (dash, busybox ash, bash, ksh). Once, and becomes the user's login shell; or with a shell's name and how deep it is, to put what an
# inner one needs into a folder in memory, whose name it prints. `sallyport_text` is all of this, as it was sent.
sallyport_bash() {
    cat <<\SALLYPORT_END
@BASH@
SALLYPORT_END
}
sallyport_zsh() {
    cat <<\SALLYPORT_END
@ZSH@
SALLYPORT_END
}
sallyport_fish() {
    cat <<\SALLYPORT_END
@FISH@
SALLYPORT_END
}
# What the shell $1 reads at depth $2. It carries the text on, for the shells inside.
sallyport_give() {
    case $1 in
    fish) printf "set -g __sallyport_level %s\nset -g __sallyport_text '%s'\n" "$2" "$sallyport_text" ;;
    *) printf "__sallyport_level=%s\n__sallyport_text='%s'\n" "$2" "$sallyport_text" ;;
    esac
    "sallyport_$1"
}
# A folder in memory, which the integration removes before it does anything else.
sallyport_folder() {
    sallyport_folder=
    for sallyport_parent in "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}" /dev/shm; do
        if [ -d "$sallyport_parent" ] && [ -w "$sallyport_parent" ] && [ -x "$sallyport_parent" ]; then
            sallyport_folder=$(umask 077 && mktemp -d "$sallyport_parent/.XXXXXXXXXX" 2>/dev/null) && return
        fi
    done
    return 1
}
if [ $# = 2 ]; then
    sallyport_folder || exit
    case $sallyport_folder in
    *[!A-Za-z0-9/._-]*)
        rm -rf -- "$sallyport_folder"
        exit 1
        ;;
    esac
    case $1 in
    bash) sallyport_give bash "$2" >"$sallyport_folder/f" ;;
    zsh) sallyport_give zsh "$2" >"$sallyport_folder/.zshenv" ;;
    fish)
        sallyport_give fish "$2" >"$sallyport_folder/f"
        mkdir -p "$sallyport_folder/fish/vendor_conf.d"
        # Read before the user's files; what is in f has to come behind them.
        cat >"$sallyport_folder/fish/vendor_conf.d/sallyport.fish" <<SALLYPORT_END
if set -q __sallyport_data
    set -gx XDG_DATA_DIRS \$__sallyport_data
    set -e __sallyport_data
else
    set -e XDG_DATA_DIRS
end
set fish_function_path (string match -v '$sallyport_folder/*' -- \$fish_function_path)
set fish_complete_path (string match -v '$sallyport_folder/*' -- \$fish_complete_path)
if status is-interactive; and string match -qr '^3[.][4-9]' -- \$version
    function __sallyport_first --on-event fish_prompt
        functions -e __sallyport_first
        source $sallyport_folder/f
        __sallyport_prompt
    end
else
    if status is-interactive
        printf '\033]7717;@NONCE@;n;fish\007'
    end
    command rm -rf -- $sallyport_folder
end
SALLYPORT_END
        ;;
    esac
    printf %s "$sallyport_folder"
    exit
fi
: "${SHELL:=/bin/sh}"
sallyport_name=${SHELL##*/}
# What sshd and pam_motd show before a shell, and do not show before a command.
if [ ! -e "$HOME/.hushlogin" ]; then
    for sallyport_file in /run/motd.dynamic /etc/motd; do
        if [ -s "$sallyport_file" ] && [ -r "$sallyport_file" ]; then cat "$sallyport_file"; fi
    done
fi
# A login shell that the guard cannot ask: it is told so at once.
sallyport_none() {
    printf '\033]7717;@NONCE@;n;%s\007' "$sallyport_name"
    case $sallyport_name in
    sh | dash | ash | bash | rbash | ksh | ksh93 | mksh | lksh | yash | zsh | fish | csh | tcsh) exec "$SHELL" -l ;;
    *) exec "$SHELL" ;;
    esac
}
case $sallyport_name in
bash)
    [ -r /dev/fd/0 ] || sallyport_none
    if [ -n "${ENV+x}" ]; then
        __sallyport_env=$ENV
        export __sallyport_env
    fi
    ENV=/dev/fd/9
    export ENV
    # In posix mode an interactive login shell reads ENV and no other file; the integration leaves posix mode and reads the others.
    exec "$SHELL" -c 'exec -a -bash "$0" --posix' "$SHELL" 9<<SALLYPORT_END
$(sallyport_give bash 0)
SALLYPORT_END
    ;;
zsh)
    sallyport_folder || sallyport_none
    sallyport_give zsh 0 >"$sallyport_folder/.zshenv"
    if [ -n "${ZDOTDIR+x}" ]; then
        __sallyport_zdotdir=$ZDOTDIR
        export __sallyport_zdotdir
    fi
    printf '\033]7717;@NONCE@;n;zsh\007' >"$sallyport_folder/n"
    ZDOTDIR=$sallyport_folder
    export ZDOTDIR
    # The system's zshenv may choose another ZDOTDIR; then there is no integration.
    exec "$SHELL" -f -c 'if [[ $ZDOTDIR != $1 ]]; then
        cat -- $1/n
        rm -rf -- $1
        unset __sallyport_zdotdir
    fi
    exec -a -zsh $0' "$SHELL" "$sallyport_folder"
    ;;
fish)
    sallyport_folder || sallyport_none
    sallyport_give fish 0 >"$sallyport_folder/f"
    printf '\033]7717;@NONCE@;n;fish\007' >"$sallyport_folder/n"
    # Written for fish 3.4 to 3.7; fish 4 has other names for keys.
    exec "$SHELL" -l -C "if string match -qr \"^3[.][4-9]\" -- \$version
        source $sallyport_folder/f
    else
        cat $sallyport_folder/n
        command rm -rf -- $sallyport_folder
    end"
    ;;
esac
sallyport_none
