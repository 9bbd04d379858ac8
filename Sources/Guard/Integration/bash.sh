# Read as ENV by an interactive bash in posix mode, before any file of the user's. README.md tells what the guard sees.
if [[ $ENV == /dev/fd/9 ]]; then exec 9<&-; else command rm -rf -- "${ENV%/*}"; fi
set +o posix
shopt -u inherit_errexit
if [[ ${__sallyport_env+x} ]]; then
    ENV=$__sallyport_env
    unset __sallyport_env
else
    unset ENV
fi
[[ $HISTFILE == "$HOME/.sh_history" ]] && HISTFILE=$HOME/.bash_history

__sallyport_a=$'\e]7717;@NONCE@;A;;'
__sallyport_k=$'\e]7717;@NONCE@;A;k;'
__sallyport_e=$'\a'
__sallyport_b=$'\e]7717;@NONCE@;B\a'
__sallyport_c=$'\e]7717;@NONCE@;C\a'
# 0: at the first prompt, 1: a command runs, 2: at a continuation prompt. The prompts set it while they are expanded.
__sallyport_s=1
__sallyport_i=0
__sallyport_t=
__sallyport_x=
__sallyport_m=
__sallyport_f=
__sallyport_w=
__sallyport_word=
__sallyport_macros=()
__sallyport_keys=()
__sallyport_n=@NONCE@

# Puts $2 into the variable $1 so that it can be a field of a mark: %, ; and control characters become %XX.
__sallyport_quote() {
    local __sallyport_v=${2//%/%25} __sallyport_i __sallyport_h
    __sallyport_v=${__sallyport_v//;/%3B}
    if [[ $__sallyport_v == *[[:cntrl:]]* ]]; then
        for __sallyport_i in {1..31} 127; do
            printf -v __sallyport_h %02X "$__sallyport_i"
            printf -v __sallyport_i "\\x$__sallyport_h"
            __sallyport_v=${__sallyport_v//"$__sallyport_i"/%$__sallyport_h}
        done
    fi
    printf -v "$1" %s "$__sallyport_v"
}

# Marks go to the terminal, wherever the user has sent the shell's output.
__sallyport_tell() { builtin printf '\e]7717;%s;%s\a' "$__sallyport_n" "$1" >/dev/tty; }

# What aliases and functions the words of $1 stand for, and theirs, into `found` of the caller.
__sallyport_define() {
    local IFS=$' \t\n;&|()<>{}\`\"\'$=' word names
    # Not in `local`: it would join them by the user's IFS.
    names=" ${!BASH_ALIASES[*]} "
    # Most lines have none, and somebody waits: two commands for each word.
    if [[ ${#1} -gt 4000 ]] || for word in ${1//\\/}; do
        [[ -n $word && $names == *" $word "* ]] || builtin declare -F -- "$word" && break
    done >/dev/null; then
        __sallyport_definitions "$1"
    fi
}

__sallyport_definitions() {
    local -A known
    # Not in `local`: inside a quote over lines bash reads such a list once more, and stumbles over its quotes.
    local -a queue words defined
    queue[0]=$1
    local kind body next=0 total=0 count=0
    while ((next < ${#queue[@]})); do
        words=(${queue[next++]//\\/}) defined=()
        ((count += ${#words[@]}))
        for word in "${words[@]:0:8000}"; do
            [[ -n $word && $names == *" $word "* ]] && defined+=(alias "$word")
            builtin declare -F -- "$word" && defined+=(function "$word")
        done >/dev/null
        set -- "${defined[@]}"
        while (($#)); do
            kind=$1 word=$2
            shift 2
            # Under nocasematch it was another name.
            [[ -z ${known[$kind $word]} && ( $kind == function || -n ${BASH_ALIASES[$word]+x} ) ]] || continue
            known[$kind $word]=1
            if [[ $kind == alias ]]; then body=${BASH_ALIASES[$word]}; else body=$(builtin declare -f -- "$word"); fi
            if ((total += ${#word} + ${#body}, total > 24000 || ${#known[@]} > 60)); then
                count=8001
                break
            fi
            queue+=("$body")
            if [[ $word$body == *[%\;[:cntrl:]]* ]]; then
                __sallyport_quote word "$word"
                __sallyport_quote body "$body"
            fi
            found+=";$kind;$word;$body"
        done
        if ((count > 8000)); then
            found+=';cut;;'
            return
        fi
    done
}

# Functions of keys get $_ as their last argument, so that it is the same afterwards.
# $1: the letter of the key that accepts; $2: more flags; $3: set when the line is the expanded one.
# Few commands and few locals where nothing is unusual: somebody waits for each.
__sallyport_report() {
    {
        local bang=$- -
        set -f +euvxET
    } 2>/dev/null
    local line=$READLINE_LINE flags=$2 found= typed=
    # The answer to an earlier report is void from here on.
    __sallyport_t= __sallyport_w= __sallyport_l=$line __sallyport_y=$1
    if [[ $__sallyport_s$__sallyport_x$3 != 0 || ${#line} -gt 70000 ||
        ( $bang == *H* && ( $line == *[\!\^]* || -n ${histchars+x} ) ) ]]; then
        __sallyport_unusual "$1" "$2" "$3" || return
    fi
    printf -v __sallyport_t %08x%08x "$SRANDOM" "$SRANDOM"
    # What was typed behind this key is for later: the guard types it again. Not keys of its own.
    while builtin read -t 0; do
        local more=
        IFS= builtin read -rsN 4096 -t 0.002 more
        [[ -n $more ]] || break
        __sallyport_m+=$more
    done
    if [[ -n $__sallyport_m ]]; then
        __sallyport_m=${__sallyport_m//$'\036@SECRET@a'????????????????/}
        __sallyport_m=${__sallyport_m//$'\036@SECRET@'[nqs]/}
        __sallyport_quote __sallyport_m "$__sallyport_m"
    fi
    __sallyport_define "$line"
    [[ $line == *[%\;[:cntrl:]]* ]] && __sallyport_quote line "$line"
    __sallyport_tell "r;$__sallyport_t;$READLINE_POINT;$flags;$line;$typed;$__sallyport_m$found"
    __sallyport_m=
}

# What a report looks at where the prompt is not a new one, or history expansion may change the line, or the line is too long. Changes the variables of
# the report. False if there is nothing to report, or not yet.
__sallyport_unusual() {
    local IFS=$' \t\n' chars=${histchars-'!^#'}
    if [[ -n $__sallyport_x ]]; then
        __sallyport_x=
        bind '"\036@SECRET@x": ""'
    fi
    if [[ $__sallyport_s == 1 ]]; then
        # `read -e` runs in a command: its line is not a command line. Only while our hook would have said otherwise.
        if [[ " ${PROMPT_COMMAND[*]} " == *' __sallyport_prompt '* ]] && shopt -q promptvars; then
            __sallyport_x=1
            bind '"\036@SECRET@x": "\036@SECRET@'"$1"'"'
            __sallyport_tell i
            return 1
        fi
        PROMPT_COMMAND+=(__sallyport_prompt)
    fi
    if [[ -n $3 ]]; then
        # Bash shall expand and show it as always: the line is again what it was.
        exec 2>&"$__sallyport_f" {__sallyport_f}>&-
        __sallyport_f=
        __sallyport_l=$__sallyport_raw
        READLINE_LINE=$__sallyport_raw READLINE_POINT=$__sallyport_point
        if ! [ "$line" = "$__sallyport_raw" ]; then
            flags+=h
            __sallyport_quote typed "$__sallyport_raw"
        fi
    elif [[ $bang == *H* && -n $chars &&
        ( $line == *"${chars:0:1}"* || ( -n ${chars:1:1} && $line == "${chars:1:1}"* ) ) ]]; then
        __sallyport_x=1 __sallyport_raw=$line __sallyport_point=$READLINE_POINT __sallyport_how=$1 __sallyport_flags=$2
        bind '"\036@SECRET@x": "\036@SECRET@h\036@SECRET@z"'
        # Nobody sees the expansion, nor why there is none.
        exec {__sallyport_f}>&2 2>/dev/null
        return 1
    fi
    [[ $__sallyport_s == 2 ]] && flags+=c
    line=${line:0:70000}
}

# The guard's accept key: the token follows it. What comes next in the macro, key b, accepts or does nothing.
__sallyport_accept() {
    {
        local - token=
        set +efuvxET
    } 2>/dev/null
    builtin read -rsN 16 token
    if ! [ "$token" = "${__sallyport_t:-longer than any token}" ]; then
        # A stale answer: the one to the last report is still to come.
        bind '"\036@SECRET@b": ""'
    elif [ "$READLINE_LINE" = "$__sallyport_l" ]; then
        [[ $__sallyport_s$__sallyport_w == 0 ]] || __sallyport_before
        __sallyport_t= __sallyport_c=$'\e]7717;'$__sallyport_n';C;'$token$'\a'
        bind '"\036@SECRET@b": "\036@SECRET@'"$__sallyport_y"'"'
    else
        bind '"\036@SECRET@b": "\036@SECRET@r\036@SECRET@x"'
    fi
}

# Before a line is accepted that starts a shell, or that is not at a new prompt.
__sallyport_before() {
    [[ -n $__sallyport_w && $__sallyport_s == 0 ]] && __sallyport_inner
    # A `read` in a `read -e` takes Enter's binding away at the end.
    [[ $__sallyport_s == 1 ]] && __sallyport_bound=
}

# The guard's key before accept where the line starts a shell and its lines are to be judged.
__sallyport_shell() { __sallyport_w=1; }

# Gives the integration to the shell that the line starts, by an alias for this line alone: its assignments make the shell read our file.
__sallyport_inner() {
    local IFS=$' \t\n' words name level=$__sallyport_level given
    words='^[[:blank:]]*(exec[[:blank:]]+)?(bash|zsh|fish)([[:blank:]]+(-[il]|-il|-li|--login|--interactive))*[[:blank:]]*$'
    [[ $__sallyport_l =~ $words ]] && shopt -q expand_aliases || return
    name=${BASH_REMATCH[2]}
    words=$name
    if [[ -n ${BASH_REMATCH[1]} ]]; then words=exec; else ((++level)); fi
    ((level < 16)) && [[ -z ${BASH_ALIASES[$words]+x}${BASH_ALIASES[$name]+x} ]] || return
    builtin declare -F -- exec "$name" >/dev/null && return
    __sallyport_folder=$(__sallyport_make "$name" "$level" 2>/dev/null) && [[ $__sallyport_folder == /* ]] || return
    case $name in
    bash) given="${ENV+__sallyport_env=\$ENV }POSIXLY_CORRECT=y ENV=$__sallyport_folder/f" ;;
    zsh) given="${ZDOTDIR+__sallyport_zdotdir=\$ZDOTDIR }ZDOTDIR=$__sallyport_folder" ;;
    fish) given="${XDG_DATA_DIRS+__sallyport_data=\$XDG_DATA_DIRS }XDG_DATA_DIRS=$__sallyport_folder${XDG_DATA_DIRS+:\$XDG_DATA_DIRS}" ;;
    esac
    __sallyport_word=$words
    BASH_ALIASES[$words]="$given $words"
}

# The folder for the shell $1 at depth $2.
__sallyport_make() {
    builtin printf %s "$__sallyport_text" | command /bin/sh -c 'sallyport_text=$(cat); eval "$(printf %s "$sallyport_text" | tr "\001\002\003\004" "\012\047\134\041" | sed "$(printf "s/\005/sally%s_/g" port)")"' sh "$@"
}

# The guard's reject key: an empty line is accepted in place of the refused one.
__sallyport_reject() {
    {
        local -
        set +efuvxET
    } 2>/dev/null
    READLINE_LINE= READLINE_POINT=0 __sallyport_t= __sallyport_m=
    # The lines before this one are in the parser already: only an interrupt takes them out.
    if [[ $__sallyport_s == 2 ]]; then
        bind '"\036@SECRET@b": ""'
        kill -INT $$
    else
        bind '"\036@SECRET@b": "\036@SECRET@y"'
    fi
}

# edit-and-execute-command without the execution.
__sallyport_edit() {
    {
        local - IFS=$' \t\n' file text
        set +efuvxET
    } 2>/dev/null
    file=$(mktemp "${TMPDIR:-/tmp}/bash-fc.XXXXXX") || return
    printf '%s\n' "$READLINE_LINE" >"$file"
    ${VISUAL:-${EDITOR:-$(type -P editor || type -P vi || echo emacs)}} "$file" </dev/tty >/dev/tty 2>&1
    text=$(<"$file")
    rm -f -- "$file"
    READLINE_LINE=$text READLINE_POINT=${#text}
}

# Binds our keys (a simple command each: inside an unfinished quote bash does not see a reserved word), and every key that accepts a line to the report.
__sallyport_bind() {
    local map line key mode
    for map in emacs-standard vi-insert vi-command; do
        mode=
        [[ $map == vi-command ]] && mode=v
        bind -m $map -x '"\036@SECRET@r": __sallyport_report y "'$mode'" "" "$_"'
        bind -m $map -x '"\036@SECRET@g": __sallyport_report o "'$mode'" "" "$_"'
        bind -m $map -x '"\036@SECRET@z": __sallyport_report "$__sallyport_how" "$__sallyport_flags" 1 "$_"'
        bind -m $map -x '"\036@SECRET@t": __sallyport_accept "$_"'
        bind -m $map -x '"\036@SECRET@j": __sallyport_reject "$_"'
        bind -m $map -x '"\036@SECRET@s": __sallyport_shell "$_"'
        bind -m $map -x '"\036@SECRET@e": __sallyport_edit "$_"'
        bind -m $map '"\036@SECRET@x": ""'
        bind -m $map '"\036@SECRET@b": ""'
        bind -m $map '"\036@SECRET@y": accept-line'
        bind -m $map '"\036@SECRET@o": operate-and-get-next'
        bind -m $map '"\036@SECRET@h": history-expand-line'
        bind -m $map '"\036@SECRET@a": "\036@SECRET@t\036@SECRET@b"'
        bind -m $map '"\036@SECRET@n": "\036@SECRET@j\036@SECRET@b"'
        bind -m $map '"\036@SECRET@q": "\036@SECRET@r\036@SECRET@x"'
        while IFS= read -r line; do
            [[ $line == '"'*'": '* && $line != *@SECRET@* ]] || continue
            key=${line%'": '*}
            case ${line##*'": '} in
            accept-line) __sallyport_keys+=($map "$key"'": "\036@SECRET@r\036@SECRET@x"') ;;
            operate-and-get-next) __sallyport_keys+=($map "$key"'": "\036@SECRET@g\036@SECRET@x"') ;;
            edit-and-execute-command | vi-edit-and-execute-command)
                __sallyport_keys+=($map "$key"'": "\036@SECRET@e\036@SECRET@r\036@SECRET@x"')
                ;;
            esac
        done < <(bind -m $map -p)
        while IFS= read -r line; do
            [[ $line == '"'*'": "'*'"' && $line != *@SECRET@* ]] || continue
            key=${line%%'": "'*}
            line=${line#*'": "'}
            __sallyport_macro "$key" "${line%'"'}" $map
        done < <(bind -m $map -s)
    done
    for ((mode = 0; mode < ${#__sallyport_keys[@]}; mode += 2)); do
        bind -m "${__sallyport_keys[mode]}" "${__sallyport_keys[mode + 1]}"
    done
    __sallyport_bound=$(__sallyport_bindings 2>&1)
}

# A macro of the user's that goes on behind Enter: the guard types the rest.
__sallyport_macro() {
    local - key=$1 text=$2 map=$3 name head=
    set +efuvxET
    while [[ $text =~ ^((\\[CM]-)+(\\.|.)|\\.|[^\\]) ]]; do
        name=${BASH_REMATCH[1]}
        text=${text#"$name"}
        case $name in
        '\C-m' | '\C-j' | '\C-o' | '\r' | '\n')
            [[ -n $text ]] || return
            __sallyport_macros+=("$text")
            name=${#__sallyport_macros[@]}
            bind -m $map "$key"'": "'"$head"'\036@SECRET@m'"$name"';\036@SECRET@r\036@SECRET@x"'
            bind -m $map -x '"\036@SECRET@m'"$name"';": __sallyport_later '"$((name - 1))"' "$_"'
            return
            ;;
        esac
        head+=$name
    done
}

# The rest of a macro, in the notation of inputrc, as keys.
__sallyport_later() {
    local - text=${__sallyport_macros[$1]} name code
    set +efuvxET
    __sallyport_m=
    while [[ $text =~ ^(\\C-(\\.|.)|\\[0-7]{1,3}|\\.|[^\\]) ]]; do
        name=${BASH_REMATCH[1]}
        text=${text#"$name"}
        case $name in
        '\C-?') name=$'\177' ;;
        '\C-'*)
            name=${name#??-}
            printf -v code %d "'${name#\\}"
            printf -v code '\\x%02x' "$((code & 31))"
            printf -v name "$code"
            ;;
        '\"' | "\\'" | '\\') name=${name:1} ;;
        '\'*) printf -v name %b "${name/#\\e/\\E}" ;;
        esac
        __sallyport_m+=$name
    done
}

# What would be different if a key accepted a line without a report, or ours were gone.
__sallyport_bindings() {
    local map name
    for map in emacs-standard vi-insert vi-command; do
        bind -m $map '"\036@SECRET@x": ""'
        bind -m $map '"\036@SECRET@b": ""'
        for name in accept-line operate-and-get-next edit-and-execute-command vi-edit-and-execute-command; do
            bind -m $map -q $name
        done
        bind -m $map -X
        bind -m $map -s
    done
}

# Takes our marks out of the prompts, where the user has made new prompts of old ones.
__sallyport_unmark() {
    local mark start=$'\[\e]7717;'$__sallyport_n
    for mark in "$__sallyport_1" "$__sallyport_2" "$__sallyport_3" "$__sallyport_4"; do
        PS0=${PS0//"$mark"/} PS1=${PS1//"$mark"/} PS2=${PS2//"$mark"/}
    done
    while [[ $PS1$PS2 == *"$start"* ]]; do
        for mark in PS1 PS2; do
            [[ ${!mark} == *"$start"* ]] &&
                printf -v $mark %s "${!mark%%"$start"*}${!mark#*"$start"*$'\a\]'}"
        done
    done
}
# What the prompts begin and end with. The number tells a prompt that is shown again from a new one.
__sallyport_1='\[${__sallyport_a+${__sallyport_a[(__sallyport_s=0)]}$((++__sallyport_i))$__sallyport_e}\]'
__sallyport_2='\[${__sallyport_b-}\]'
__sallyport_3='\[${__sallyport_k+${__sallyport_k[(__sallyport_s=2)-2]}$((++__sallyport_i))$__sallyport_e}\]'
__sallyport_4='${__sallyport_c[(__sallyport_s=1)-1]-}'

# The last of PROMPT_COMMAND.
__sallyport_prompt() {
    {
        local status=$? - IFS=$' \t\n' text b i
        set +efuvxET
    } 2>/dev/null
    # ^C came while a history expansion was made.
    if [[ -n $__sallyport_f ]]; then
        exec 2>&"$__sallyport_f" {__sallyport_f}>&-
        __sallyport_f=
    fi
    # What ^C cut off is not typed again.
    __sallyport_s=0 __sallyport_t= __sallyport_m=
    if [[ -n $__sallyport_word ]]; then
        builtin unalias -- "$__sallyport_word"
        # Where that shell has not taken it.
        command rm -rf -- "$__sallyport_folder"
        __sallyport_word=
    fi
    __sallyport_c=$'\e]7717;'$__sallyport_n$';C\a'
    if [[ ${PROMPT_COMMAND[-1]} != __sallyport_prompt ]]; then
        for i in "${!PROMPT_COMMAND[@]}"; do
            [[ ${PROMPT_COMMAND[i]} == __sallyport_prompt ]] && unset 'PROMPT_COMMAND[i]'
        done
        PROMPT_COMMAND+=(__sallyport_prompt)
    fi
    __sallyport_unmark
    if shopt -q promptvars; then
        # By reference, so that an exported prompt does not carry the nonce to other programs.
        PS1=$__sallyport_1$PS1$__sallyport_2 PS2=$__sallyport_3$PS2$__sallyport_2 PS0=$__sallyport_4$PS0
    else
        export -n PS0 PS1 PS2
        b=$'\[\e]7717;'$__sallyport_n$';B\a\]'
        PS1=$'\[\e]7717;'$__sallyport_n';A;;'$((++__sallyport_i))$'\a\]'$PS1$b
        PS2=$'\[\e]7717;'$__sallyport_n$';A;k;\a\]'$PS2$b
    fi
    [[ $(__sallyport_bindings 2>&1) == "$__sallyport_bound" ]] || __sallyport_bind
    text="D;$status;$__sallyport_level"
    if [[ -z $__sallyport_greeted ]]; then
        __sallyport_greeted=1
        shopt -q login_shell && i=1 || i=0
        text="h;bash;${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}.${BASH_VERSINFO[2]};$i;$__sallyport_level"
    fi
    __sallyport_tell "$text"
}
# Before 5.1 PROMPT_COMMAND is no list, and there is no SRANDOM.
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
    PROMPT_COMMAND+=(__sallyport_prompt)
else
    __sallyport_tell 'n;bash'
fi

# The files of an interactive shell, as bash(1) INVOCATION says. Debian's reads /etc/bash.bashrc; elsewhere there is none.
if ! shopt -q login_shell; then
    [[ -r /etc/bash.bashrc ]] && . /etc/bash.bashrc
    [[ -r ~/.bashrc ]] && . ~/.bashrc
else
    [[ -r /etc/profile ]] && . /etc/profile
fi
if ! shopt -q login_shell; then
    :
elif [[ -r ~/.bash_profile ]]; then
    . ~/.bash_profile
elif [[ -r ~/.bash_login ]]; then
    . ~/.bash_login
elif [[ -r ~/.profile ]]; then
    . ~/.profile
fi
if [[ " ${PROMPT_COMMAND[*]} " != *' __sallyport_prompt '* ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
    PROMPT_COMMAND+=(__sallyport_prompt)
fi
