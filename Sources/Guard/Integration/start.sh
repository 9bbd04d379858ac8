# Runs under /bin/sh (dash, busybox ash, bash, ksh), once, and becomes the user's login shell.
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
    unset sallyport_file sallyport_folder sallyport_parent
    case $sallyport_name in
    sh | dash | ash | bash | rbash | ksh | ksh93 | mksh | lksh | yash | zsh | fish | csh | tcsh) exec "$SHELL" -l ;;
    *) exec "$SHELL" ;;
    esac
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
    exec "$SHELL" -c 'exec -a -bash "$0" --posix' "$SHELL" 9<<\SALLYPORT_END
@BASH@
SALLYPORT_END
    ;;
zsh)
    sallyport_folder || sallyport_none
    cat >"$sallyport_folder/.zshenv" <<\SALLYPORT_END
@ZSH@
SALLYPORT_END
    if [ -n "${ZDOTDIR+x}" ]; then
        __sallyport_zdotdir=$ZDOTDIR
        export __sallyport_zdotdir
    fi
    ZDOTDIR=$sallyport_folder
    export ZDOTDIR
    # The system's zshenv may choose another ZDOTDIR; then there is no integration.
    exec "$SHELL" -f -c 'if [[ $ZDOTDIR != $1 ]]; then
        rm -rf -- $1
        printf "\033]7717;@NONCE@;n;zsh\007"
        unset __sallyport_zdotdir
    fi
    exec -a -zsh $0' "$SHELL" "$sallyport_folder"
    ;;
fish)
    sallyport_folder || sallyport_none
    cat >"$sallyport_folder/f" <<\SALLYPORT_END
@FISH@
SALLYPORT_END
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
