# Sourced by fish -C after the user's files, from a folder in memory. README.md tells what the guard sees.
# A command substitution costs more than anything else here: there are few between Enter and the report.
command rm -rf -- (status dirname)
set -g __sallyport_n @NONCE@
# The token of the last report, its line, and the token of the line that was accepted.
set -g __sallyport_t
set -g __sallyport_l
set -g __sallyport_c
set -g __sallyport_inside
set -g __sallyport_saved
set -g __sallyport_expanded
set -g __sallyport_found
set -g __sallyport_held
set -g __sallyport_modes
set -g __sallyport_bound
set -g __sallyport_abbreviations 0

# Marks go to the terminal, wherever the user has sent the shell's output.
function __sallyport_tell
    builtin printf '\e]7717;%s;%s\a' $__sallyport_n $argv[1] >/dev/tty
end

# What functions the words of a line stand for, and theirs, into __sallyport_found; those that come with fish are not the user's.
function __sallyport_define
    set -g __sallyport_found
    set -l queue $argv[1]
    set -l known
    set -l total 0
    set -l defined 0
    while set -q queue[1]
        set -l words (string match -ra '[^\s;&|()<>{}"\'$=`]+' -- $queue[1])
        set -e queue[1]
        for word in $words
            contains -- $word $known; and continue
            set -a known $word
            if set -q known[1000]
                set -g __sallyport_found "$__sallyport_found;cut;;"
                return
            end
            functions -q -- $word; or continue
            string match -q -- "$__fish_data_dir/*" (functions -D -- $word); and continue
            string match -q '__sallyport_*' -- $word; and continue
            set -l body "$(functions -- $word)"
            set total (math $total + (string length -- $body))
            set defined (math $defined + 1)
            if test $total -gt 24000; or test $defined -gt 60
                set -g __sallyport_found "$__sallyport_found;cut;;"
                return
            end
            set -g __sallyport_found "$__sallyport_found;function;$(string escape --style=url -- $word);$(string escape --style=url -- $body)"
            set -a queue $body
        end
    end
end

function __sallyport_report
    set -l flags
    set -l line "$(commandline --current-buffer)"
    test "$fish_bind_mode" = default; and test "$fish_key_bindings" != fish_default_key_bindings; and set flags v
    # An abbreviation is expanded by Enter. Fish does it after this function has ended: the guard asks again.
    if test $__sallyport_abbreviations != 0; and test "$__sallyport_expanded" != "$line"
        if test $__sallyport_abbreviations = r; or abbr --query -- (commandline --current-token --cut-at-cursor)
            set -g __sallyport_expanded $line
            commandline -f expand-abbr
            __sallyport_tell x
            return
        end
    end
    set -g __sallyport_expanded
    commandline --is-valid
    set -l valid $status
    if test $valid = 2; or __sallyport_continues $line
        commandline -i \n
        __sallyport_tell i
        return
    end
    test $valid = 1; and test -n "$line"; and set flags "$flags"e
    set -g __sallyport_inside
    __sallyport_void
    set -g __sallyport_t (random 1000000000000000 9999999999999999)
    set -g __sallyport_l $line
    # One key with its token: each key of its own costs more than all of the comparison.
    # In vi mode Enter leads to another mode by itself.
    set -g __sallyport_valid sallyport
    test "$fish_key_bindings" = fish_default_key_bindings; or set -g __sallyport_valid $__sallyport_modes
    for mode in $__sallyport_valid
        bind -M $mode \x1e@SECRET@a$__sallyport_t __sallyport_accept
    end
    # What was typed behind this key is for later: it is collected until the answer comes, and then the guard types it again.
    if test "$fish_bind_mode" != sallyport
        set -g __sallyport_mode $fish_bind_mode
        set -g fish_bind_mode sallyport
    end
    # It would come up while the answer is on its way.
    commandline -f suppress-autosuggestion
    test (string length -- "$line") -gt 70000; and set line (string sub -l 70000 -- $line)
    __sallyport_define $line
    __sallyport_tell "r;$__sallyport_t;0;$flags;$(string escape --style=url -- $line);;$__sallyport_found"
end

# Whether a backslash asks for another line, as reader_data_t::handle_execute decides.
function __sallyport_continues
    string match -q '*\\\\*' -- $argv[1]; or return
    set -l text (commandline --current-buffer | string collect --no-trim-newlines)
    set -l cursor (commandline --cursor)
    string match -qr '(^|[^\\\\])(\\\\\\\\)*\\\\$' -- "$(string sub -l $cursor -- $text)x" x; and return 1
    string match -qr "(?s)^.{$cursor}(?<=\\\\)\s" -- $text
end

# Enter.
function __sallyport_enter
    # The line of `read` is not a command line.
    if set -q __sallyport_running
        __sallyport_tell i
        commandline -f execute
    else if commandline --paging-mode
        # Enter closes the menu. Only a moved cursor does that and nothing else; the guard's next key moves it back.
        set -g __sallyport_closing (commandline --cursor)
        if test $__sallyport_closing -gt 0
            commandline --cursor (math $__sallyport_closing - 1)
        else
            commandline --cursor 1
        end
        __sallyport_tell x
    else
        __sallyport_report
    end
end

# The guard's key that asks for a report.
function __sallyport_ask
    set -q __sallyport_running; and return
    if set -q __sallyport_closing
        commandline --cursor $__sallyport_closing
        set -e __sallyport_closing
        # Behind a chosen entry Enter does no more. Where nothing was chosen yet, the line runs.
        if string match -q '* ' -- "$(commandline --current-buffer)"
            __sallyport_tell i
            return
        end
    end
    __sallyport_report
end

# Another key, while a report waits for its answer.
function __sallyport_hold
    set -g __sallyport_held "$__sallyport_held$argv[1]"
end

function __sallyport_resume
    test "$fish_bind_mode" = sallyport; and set -g fish_bind_mode $__sallyport_mode
end

# The guard's accept key with the token of the last report.
function __sallyport_accept
    set -l token $__sallyport_t
    __sallyport_void
    __sallyport_resume
    if test x"$(commandline --current-buffer)" = x"$__sallyport_l"
        if test -n "$__sallyport_held"
            __sallyport_tell "p;$__sallyport_held"
            set -g __sallyport_held
        end
        set -g __sallyport_c $token
        test -n "$__sallyport_inside"; and __sallyport_inner $__sallyport_l
        commandline -f execute
    else
        __sallyport_report
    end
end

# The guard's key before accept where the line starts a shell and its lines are to be judged.
function __sallyport_shell
    set -g __sallyport_inside 1
end

# Gives the integration to the shell that the line starts: variables for this line alone make the shell read our file.
function __sallyport_inner
    set -l name (string match -rg '^\s*(?:exec\s+)?(bash|zsh|fish)(?:\s+(?:-[il]|-il|-li|--login|--interactive))*\s*$' -- $argv[1]); or return
    set -l level $__sallyport_level
    string match -qr '^\s*exec\s' -- $argv[1]; or set level (math $level + 1)
    test $level -lt 16; or return
    functions -q $name; and return
    set -l folder (printf %s $__sallyport_text | command /bin/sh -c 'sallyport_text=$(cat); eval "$(printf %s "$sallyport_text" | tr "\\001\\002\\003\\004" "\\012\\047\\134\\041" | sed "$(printf "s/\\005/sally%s_/g" port)")"' sh $name $level 2>/dev/null)
    string match -q '/*' -- $folder; or return
    set -g __sallyport_folder $folder
    switch $name
        case bash
            __sallyport_lend POSIXLY_CORRECT y
            __sallyport_lend ENV $folder/f __sallyport_env
        case zsh
            __sallyport_lend ZDOTDIR $folder __sallyport_zdotdir
        case fish
            __sallyport_lend XDG_DATA_DIRS (string join : -- $folder $XDG_DATA_DIRS) __sallyport_data
    end
end

# Exports the variable $1 as $2 until the next prompt, and what it was as $3.
function __sallyport_lend
    set -ga __sallyport_saved $argv[1]
    set -e __sallyport_was_$argv[1]
    if set -qgx $argv[1]
        set -g __sallyport_was_$argv[1] $$argv[1]
        set -q argv[3]; and set -gx $argv[3] $$argv[1]
    end
    set -gx $argv[1] $argv[2]
end

# Takes it back.
function __sallyport_regain
    set -q __sallyport_saved[1]; or return
    for name in $__sallyport_saved
        set -l was __sallyport_was_$name
        set -e $name
        set -q $was; and set -gx $name $$was
        set -e $was
    end
    set -e __sallyport_env __sallyport_zdotdir __sallyport_data
    set -g __sallyport_saved
    # Where that shell has not taken it.
    command rm -rf -- $__sallyport_folder
end

# No accept key is valid any more.
function __sallyport_void
    set -q __sallyport_t[1]; or return
    for mode in $__sallyport_valid
        bind -M $mode -e \x1e@SECRET@a$__sallyport_t
    end
    set -g __sallyport_t
end

# The accept key with another token: a stale answer. The one to the last report is still to come; the 16 digits are nobody's typing.
function __sallyport_stale
    set -g __sallyport_left 16
    set -g __sallyport_before $fish_bind_mode
    set -g fish_bind_mode sallyport_stale
end

function __sallyport_swallow
    set -g __sallyport_left (math $__sallyport_left - 1)
    test $__sallyport_left -gt 0; or set -g fish_bind_mode $__sallyport_before
end

function __sallyport_reject
    __sallyport_void
    set -g __sallyport_held
    __sallyport_resume
    commandline -f cancel-commandline
end

# Our keys in one mode.
function __sallyport_bind_mode
    set -l key \x1e@SECRET@
    bind -M $argv[1] $key'a' __sallyport_stale
    bind -M $argv[1] $key'n' __sallyport_reject
    bind -M $argv[1] $key'q' __sallyport_ask
    bind -M $argv[1] $key's' __sallyport_shell
end

# Binds our keys in every mode, and every key that executes to the report.
function __sallyport_bind
    set -l all (bind)
    test "$all" = "$__sallyport_bound"; and return
    string match -q '*__sallyport_ask*' -- $all; or set -g __sallyport_modes
    if not contains sallyport $__sallyport_modes
        for code in (seq 127)
            bind -M sallyport (printf \\(printf %03o $code)) "__sallyport_hold %"(printf %02X $code)
        end
        bind -M sallyport '' self-insert
        for digit in 0 1 2 3 4 5 6 7 8 9 a b c d e f
            bind -M sallyport_stale $digit __sallyport_swallow
        end
        set -ga __sallyport_modes sallyport_stale
    end
    for mode in (bind --list-modes)
        contains -- $mode $__sallyport_modes; and continue
        __sallyport_bind_mode $mode
        set -ga __sallyport_modes $mode
    end
    set -l executing (string match -r '^bind .*\bexecute\b.*' -- $all)
    for line in (string replace -r '^bind (--preset )?' 'bind ' -- $executing | string replace -r '(commandline (-f|--function) )?\bexecute\b' __sallyport_enter)
        contains -- $line $all; or eval $line
    end
    # A function that a key calls may execute as well.
    for name in (string match -rg '^bind (?:--preset )?.* ([\w-]+)$' -- $all)
        contains -- $name $__sallyport_called; and continue
        set -ga __sallyport_called $name
        functions -q -- $name; or continue
        string match -q -- "$__fish_data_dir/*" (functions -D -- $name); and continue
        string match -qr '^__sallyport_' -- $name; and continue
        set -l body "$(functions -- $name)"
        string match -qr 'commandline (-f|--function) execute\b' -- $body; or continue
        string replace -ra 'commandline (-f|--function) execute\b' __sallyport_enter -- $body | source
    end
    set -g __sallyport_bound (bind)
end

# The marks go around the prompt, whatever made it.
function __sallyport_mark
    functions -q fish_prompt; or return
    set -l details (functions --details --verbose fish_prompt)
    test "$details[5]" = 'sallyport'; and return
    functions -e __sallyport_user_prompt
    functions -c fish_prompt __sallyport_user_prompt
    function fish_prompt --description sallyport
        # A list of lines, as fish itself takes it.
        set -l prompt (__sallyport_user_prompt)
        printf '\e]7717;%s;A\a%s\e]7717;%s;B\a' $__sallyport_n "$(string join \n -- $prompt)" $__sallyport_n
    end
end

function __sallyport_prompt --on-event fish_prompt
    set -e __sallyport_running
    __sallyport_void
    __sallyport_regain
    __sallyport_resume
    set -g __sallyport_c
    set -g __sallyport_expanded
    __sallyport_mark
    __sallyport_bind
    set -l abbreviations (abbr --show)
    set -g __sallyport_abbreviations (count $abbreviations)
    string match -qr ' (--regex|-r) ' -- $abbreviations; and set -g __sallyport_abbreviations r
    if not set -q __sallyport_greeted
        set -g __sallyport_greeted 1
        set -l login 0
        status is-login; and set login 1
        __sallyport_tell "h;fish;$version;$login;$__sallyport_level"
    end
end

function __sallyport_preexec --on-event fish_preexec
    set -g __sallyport_running 1
    set -l token
    test -n "$__sallyport_c"; and set token ";$__sallyport_c"
    set -g __sallyport_c
    __sallyport_tell C$token
end

function __sallyport_postexec --on-event fish_postexec
    __sallyport_tell "D;$status;$__sallyport_level"
    set -e __sallyport_running
end

# What fish refuses does not run.
function __sallyport_posterror --on-event fish_posterror
    set -g __sallyport_c
    __sallyport_tell "D;$status;$__sallyport_level"
end
