# Read as .zshenv of a folder in memory by an interactive zsh. README.md tells what the guard sees.
zmodload -F zsh/files b:zf_rm 2>/dev/null && zf_rm -rf -- $ZDOTDIR || command rm -rf -- $ZDOTDIR
zmodload -u zsh/files 2>/dev/null
if (( ${+__sallyport_zdotdir} )); then
    ZDOTDIR=$__sallyport_zdotdir
    unset __sallyport_zdotdir
else
    unset ZDOTDIR
fi
typeset -g __sallyport_n=@NONCE@ __sallyport_t= __sallyport_l= __sallyport_y= __sallyport_c= __sallyport_go= __sallyport_again= __sallyport_w= __sallyport_word=

# Puts $2 into the variable $1 so that it can be a field of a mark: %, ; and control characters become %XX.
__sallyport_quote() {
    setopt localoptions extendedglob
    : ${(P)1::=${2//(#m)[[:cntrl:]%;]/%${(l:2::0:)$(( [##16] #MATCH ))}}}
}

# Marks go to the terminal, wherever the user has sent the shell's output.
__sallyport_tell() { print -rn -- $'\e]7717;'$__sallyport_n';'$1$'\a' >/dev/tty }

# What aliases and functions the words of a line stand for, and theirs, into `found` of the caller.
__sallyport_define() {
    local -A known
    local -a queue=("$1")
    local text word name body kind quoted
    integer total=0 count=0 defined=0
    while (( $#queue )); do
        text=$queue[1]
        shift queue
        for word in ${(z)text} ${=text//[$' \t\n;&|()<>{}\`\"\'$=']/ }; do
            word=${(Q)word}
            [[ -n $word && -z $known[$word] ]] || continue
            known[$word]=1
            if (( ++count > 4000 )); then
                found+=';cut;;'
                return
            fi
            for kind in alias global-alias suffix-alias function; do
                name=$word
                case $kind in
                alias) (( $+aliases[$name] )) || continue; body=$aliases[$name] ;;
                global-alias) (( $+galiases[$name] )) || continue; body=$galiases[$name] ;;
                suffix-alias) name=${word##*.}; [[ $word == *.* ]] && (( $+saliases[$name] )) || continue; body=$saliases[$name] ;;
                function) (( $+functions[$name] )) || continue; body=$functions[$name] ;;
                esac
                (( total += $#name + $#body ))
                __sallyport_quote quoted "$name"
                if (( total > 24000 || ++defined > 60 )); then
                    found+=';cut;;'
                    return
                fi
                queue+=("$body")
                found+=";$kind;$quoted"
                __sallyport_quote quoted "$body"
                found+=";$quoted"
            done
        done
    done
}

# $1: the widget that accepts.
__sallyport_report() {
    emulate -L zsh
    setopt extendedglob
    local before= found= flags= quoted token pending= key line
    # What accepting would take back behind a completion (AUTO_REMOVE_SLASH, a blank).
    zle .auto-suffix-remove
    __sallyport_l=$BUFFER __sallyport_w=
    if (( ${__sallyport_bang:-1} )) && [[ -n $histchars && ( $BUFFER == *"$histchars[1]"* || ( -n $histchars[2] && $BUFFER == "$histchars[2]"* ) ) ]]; then
        before=$BUFFER
        local cursor=$CURSOR
        # Twice: what an expansion brings in would be expanded again when it is accepted.
        zle .expand-history && zle .expand-history
        line=$BUFFER
        # With :p it is only shown, and zsh must see that.
        if [[ $BUFFER != $before && $before == *$histchars[1][^[:space:]]#:[a-zA-Z\&]#p* ]]; then
            BUFFER=$before CURSOR=$cursor
            flags+=h
            __sallyport_quote before "$before"
        elif [[ $BUFFER != $before ]]; then
            if (( ${__sallyport_verify:-0} )); then
                __sallyport_tell i
                return
            fi
            flags+=h
            __sallyport_quote before "$before"
        else
            before=
        fi
    fi
    [[ $CONTEXT == cont ]] && flags+=c
    [[ $KEYMAP == vicmd ]] && flags+=v
    __sallyport_random
    [[ -n $before ]] || line=$BUFFER
    __sallyport_t=$token __sallyport_l=$BUFFER __sallyport_y=$1
    # What was typed behind this key, or a macro has left, is for later: the guard types it again. Not keys of its own.
    while (( KEYS_QUEUED_COUNT || PENDING )) && read -t 0 -sk 1 key; do pending+=$key; done
    pending=${pending//$'\x1e@SECRET@a'????????????????/}
    pending=${pending//$'\x1e@SECRET@'[nqs]/}
    __sallyport_quote pending "$pending"
    __sallyport_define "${line[1,70000]}"
    __sallyport_quote quoted "${line[1,70000]}"
    __sallyport_tell "r;$token;$CURSOR;$flags;$quoted;$before;$pending$found"
}

# 64 random bits in `token` of the caller.
__sallyport_random() {
    local bytes byte
    token=
    if zmodload zsh/system 2>/dev/null && sysread -s 8 bytes </dev/urandom; then
        setopt localoptions nomultibyte
        for byte in ${(s::)bytes}; do token+=${(l:2::0:)$(( [##16] #byte ))}; done
    fi
    while (( $#token < 16 )); do token+=${(l:4::0:)$(( [##16] RANDOM ))}; done
    token=${(L)token[1,16]}
}

# Every widget that accepts a line. $1: its name, which WIDGET does not tell where a widget of the user's calls it.
__sallyport_enter() {
    local name=$1 __sallyport_verify=0 __sallyport_bang=0
    [[ -o histverify ]] && __sallyport_verify=1
    [[ -o banghist ]] && __sallyport_bang=1
    emulate -L zsh
    # The line of vared or select is not a command line.
    if [[ $CONTEXT != (start|cont) ]]; then
        __sallyport_tell i
        zle .$name
        return
    fi
    # The user's own widget of this name may change the line first. It accepts nothing either.
    if [[ -n $widgets[__sallyport_user_$name] ]]; then
        local __sallyport_accepts=
        zle() {
            if [[ $1 == *accept-(line|line-and-down-history|and-hold|and-infer-next-history) ]]; then
                __sallyport_accepts=1
            else
                builtin zle "$@"
            fi
        }
        { builtin zle __sallyport_user_$name -w } always { unfunction zle }
        if [[ -z $__sallyport_accepts ]]; then
            __sallyport_tell i
            return 0
        fi
    fi
    __sallyport_report $name
}

# run-help and which-command run a command on the first word of the line.
__sallyport_about() {
    emulate -L zsh
    local -a words=(${(z)LBUFFER})
    local name=$1
    (( $#words )) || words=(${(z)BUFFER})
    (( $#words )) || return
    zle .push-line
    BUFFER="$name ${words[1]}"
    CURSOR=$#BUFFER
    __sallyport_report accept-line
}

for __sallyport_c in accept-line accept-line-and-down-history accept-and-hold accept-and-infer-next-history; do
    functions[__sallyport_$__sallyport_c]="__sallyport_enter $__sallyport_c"
done
for __sallyport_c in run-help which-command; do functions[__sallyport_$__sallyport_c]="__sallyport_about $__sallyport_c"; done
__sallyport_c=

# The guard's accept key: the token follows it.
__sallyport_accept() {
    emulate -L zsh
    local token=
    read -t 5 -sk 16 token
    [[ -n $__sallyport_t ]] || return 0
    # A stale answer: the one to the last report is still to come.
    [[ $token == $__sallyport_t ]] || return 0
    if [[ $BUFFER == "$__sallyport_l" ]]; then
        __sallyport_c=$token __sallyport_t= __sallyport_go=1
        [[ -n $__sallyport_w && $CONTEXT == start ]] && __sallyport_inner
        zle .$__sallyport_y
    else
        __sallyport_report $__sallyport_y
    fi
}

# The guard's key before accept where the line starts a shell and its lines are to be judged.
__sallyport_shell() { __sallyport_w=1 }

# Gives the integration to the shell that the line starts, by an alias for this line alone: its assignments make the shell read our file.
__sallyport_inner() {
    local name words given level=$__sallyport_level MATCH MBEGIN MEND
    local -a match mbegin mend
    [[ $__sallyport_l =~ '^[[:blank:]]*(exec[[:blank:]]+)?(bash|zsh|fish)([[:blank:]]+(-[il]|-il|-li|--login|--interactive))*[[:blank:]]*$' ]] || return 0
    name=$match[2]
    words=$name
    if [[ -n $match[1] ]]; then words=exec; else (( ++level )); fi
    (( level < 16 && ! $+aliases[$words] && ! $+aliases[$name] && ! $+functions[$words] && ! $+functions[$name] )) || return 0
    __sallyport_folder=$(print -rn -- $__sallyport_text | command /bin/sh -c 'sallyport_text=$(cat); eval "$(printf %s "$sallyport_text" | tr "\001\002\003\004" "\012\047\134\041" | sed "$(printf "s/\005/sally%s_/g" port)")"' sh $name $level 2>/dev/null)
    [[ $__sallyport_folder == /* ]] || return 0
    case $name in
    bash) given="POSIXLY_CORRECT=y ENV=$__sallyport_folder/f"; [[ ${(t)ENV} == *export* ]] && given="__sallyport_env=\$ENV $given" ;;
    zsh) given="ZDOTDIR=$__sallyport_folder"; [[ ${(t)ZDOTDIR} == *export* ]] && given="__sallyport_zdotdir=\$ZDOTDIR $given" ;;
    fish)
        given="XDG_DATA_DIRS=$__sallyport_folder"
        [[ ${(t)XDG_DATA_DIRS} == *export* ]] && given="__sallyport_data=\$XDG_DATA_DIRS $given:\$XDG_DATA_DIRS"
        ;;
    esac
    __sallyport_word=$words
    aliases[$words]="$given $words"
}

# The guard's reject key.
__sallyport_reject() {
    emulate -L zsh
    __sallyport_t=
    if [[ $CONTEXT == cont ]]; then
        zle .send-break
    else
        (( HISTNO == HISTCMD )) || HISTNO=$HISTCMD
        # The refused line stays above, and the prompt comes again.
        zle -I
        zle -K main
        BUFFER= CURSOR=0 POSTDISPLAY=
    fi
}

# The last chance: a line that ends without having been accepted comes back as the next one, and is reported at once.
__sallyport_finish() {
    emulate -L zsh
    if (( ${+__sallyport_hooked} )); then
        __sallyport_hook zle-line-finish "$@"
        return
    fi
    if [[ $CONTEXT == (start|cont) && -z $__sallyport_go && -n $BUFFER ]]; then
        print -rz -- $BUFFER
        BUFFER= __sallyport_again=1
        # Its key is bound to what is wrapped here, not to the wrapping.
        local bound=$(bindkey -- $KEYS)
        [[ $bound == *' .accept-'* ]] && bindkey -- $KEYS ${bound##* .}
    fi
    __sallyport_go=
    __sallyport_hook zle-line-finish "$@"
}

# A line that has come back: zsh has just put it into the new editor.
__sallyport_init() {
    local inner=${__sallyport_hooked-}
    __sallyport_hook zle-line-init "$@"
    [[ -z $inner ]] || return 0
    [[ -n $__sallyport_again ]] || return 0
    __sallyport_again=
    __sallyport_ask
    return 0
}

# The user's own hook of that name. add-zle-hook-widget puts ours, which it finds there, into its own: then the one before.
__sallyport_hook() {
    local name=__sallyport_${${__sallyport_hooked+earlier}:-user}_$1
    local __sallyport_hooked=1
    shift
    [[ -n $widgets[$name] ]] && zle $name -N -- "$@"
    return 0
}

# The guard's key that asks for a report.
__sallyport_ask() { [[ $CONTEXT == (start|cont) ]] && __sallyport_report accept-line }

# Binds our keys in every keymap and wraps every widget that accepts, if they are not ours already.
__sallyport_bind() {
    emulate -L zsh
    local name map
    for name in accept-line accept-line-and-down-history accept-and-hold accept-and-infer-next-history; do
        __sallyport_wrap $name __sallyport_$name
    done
    __sallyport_wrap zle-line-finish __sallyport_finish
    __sallyport_wrap zle-line-init __sallyport_init
    for name in run-help which-command; do
        [[ $widgets[$name] == builtin ]] && zle -N $name __sallyport_$name
    done
    [[ $widgets[__sallyport_accept] == user:__sallyport_accept ]] || zle -N __sallyport_accept
    [[ $widgets[__sallyport_reject] == user:__sallyport_reject ]] || zle -N __sallyport_reject
    [[ $widgets[__sallyport_shell] == user:__sallyport_shell ]] || zle -N __sallyport_shell
    [[ $widgets[__sallyport_ask] == user:__sallyport_ask ]] || zle -N __sallyport_ask
    for map in $keymaps; do
        [[ $map == (.safe|command|isearch|listscroll|menuselect|viopp|visual) ]] && continue
        bindkey -M $map '^^@SECRET@a' __sallyport_accept '^^@SECRET@n' __sallyport_reject '^^@SECRET@q' __sallyport_ask '^^@SECRET@s' __sallyport_shell
    done
}

__sallyport_wrap() {
    [[ $widgets[$1] == user:$2 ]] && return
    if [[ $widgets[$1] == user:* ]]; then
        [[ $widgets[$1] == user:azhw:* && -n $widgets[__sallyport_user_$1] ]] && zle -A __sallyport_user_$1 __sallyport_earlier_$1
        zle -A $1 __sallyport_user_$1
    fi
    zle -N $1 $2
}

# The last of precmd_functions.
__sallyport_precmd() {
    local code=$? percent=
    [[ -o promptpercent ]] && percent=1
    emulate -L zsh
    __sallyport_c= __sallyport_t= __sallyport_go=
    if [[ -n $__sallyport_word ]]; then
        unset "aliases[$__sallyport_word]"
        # Where that shell has not taken it.
        command rm -rf -- $__sallyport_folder
        __sallyport_word=
    fi
    __sallyport_tell "D;$code;$__sallyport_level"
    [[ $precmd_functions[-1] == __sallyport_precmd ]] || precmd_functions=(${precmd_functions:#__sallyport_precmd} __sallyport_precmd)
    [[ $preexec_functions[1] == __sallyport_preexec ]] || preexec_functions=(__sallyport_preexec ${preexec_functions:#__sallyport_preexec})
    __sallyport_marks $percent
    __sallyport_bind
}

__sallyport_marks() {
    local a=$'%{\e]7717;'$__sallyport_n$';A\a%}' k=$'%{\e]7717;'$__sallyport_n$';A;k;\a%}' b=$'%{\e]7717;'$__sallyport_n$';B\a%}'
    # An exported prompt would carry the nonce to other programs.
    [[ ${(t)PS1}${(t)PROMPT}${(t)PS2} == *export* ]] && typeset -g +x PS1 PROMPT prompt PS2 PROMPT2
    PS1=${${PS1//$a/}//$b/}
    PS2=${${PS2//$k/}//$b/}
    if [[ -n $1 ]]; then
        PS1=$a$PS1$b
        PS2=$k$PS2$b
    fi
}

__sallyport_preexec() {
    local token=$__sallyport_c
    __sallyport_c=
    __sallyport_tell "C${token:+;$token}"
}

# Before the first prompt, after all of the user's files and hooks.
__sallyport_start() {
    local percent= login=0
    [[ -o promptpercent ]] && percent=1
    [[ -o login ]] && login=1
    emulate -L zsh
    unfunction __sallyport_start
    zmodload zsh/zleparameter zsh/parameter 2>/dev/null
    precmd_functions=(${precmd_functions:#__sallyport_start} __sallyport_precmd)
    preexec_functions=(__sallyport_preexec $preexec_functions)
    __sallyport_marks $percent
    __sallyport_bind
    # The incremental search accepts the line itself, without the widget.
    bindkey -M isearch '^^@SECRET@i' accept-search
    bindkey -M isearch -s '^M' '^^@SECRET@i^^@SECRET@q' '^J' '^^@SECRET@i^^@SECRET@q'
    __sallyport_tell "h;zsh;$ZSH_VERSION;$login;$__sallyport_level"
}
if [[ -o interactive ]]; then
    zmodload zsh/sched 2>/dev/null && sched +0 __sallyport_start || precmd_functions+=(__sallyport_start)
fi

if [[ -r ${ZDOTDIR:-$HOME}/.zshenv ]]; then
    . ${ZDOTDIR:-$HOME}/.zshenv
fi
