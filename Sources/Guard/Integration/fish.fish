# Sourced by fish -C after the user's files, from a folder in memory. README.md tells what the guard sees.
command rm -rf -- (status dirname)
set -g __sallyport_n @NONCE@
set -g __sallyport_t
set -g __sallyport_l
set -g __sallyport_c
set -g __sallyport_digits
set -g __sallyport_expanded

# Marks go to the terminal, wherever the user has sent the shell's output.
function __sallyport_tell
    builtin printf '\e]7717;%s;%s\a' $__sallyport_n $argv[1] >/dev/tty
end

# The whole buffer, as a field of a mark.
function __sallyport_buffer
    # Without the newline that commandline ends with.
    string sub -e -3 -- (string escape --style=url -- (commandline --current-buffer | string collect --no-trim-newlines))
end

# What functions the words of a line stand for, and theirs; those that come with fish are not the user's.
function __sallyport_define
    set -l queue $argv[1]
    set -l known
    set -l total 0
    set -l defined 0
    while set -q queue[1]
        set -l text $queue[1]
        set -e queue[1]
        for word in (string replace -ra '[\s;&|()<>{}"\'$=`]' \n -- $text | string split -n \n)
            set word (string replace -a \\ '' -- $word)
            string match -qr '^-|^$|^__sallyport' -- $word; and continue
            contains -- $word $known; and continue
            set -a known $word
            if test (count $known) -gt 1000
                printf ';cut;;'
                return
            end
            functions -q -- $word; or continue
            string match -q -- "$__fish_data_dir/*" (functions -D -- $word); and continue
            set -l body (functions -- $word | string collect)
            set total (math $total + (string length -- $body))
            set defined (math $defined + 1)
            if test $total -gt 24000; or test $defined -gt 60
                printf ';cut;;'
                return
            end
            printf ';function;%s;%s' (string escape --style=url -- $word) (string escape --style=url -- $body)
            set -a queue $body
        end
    end
end

function __sallyport_report
    set -l flags
    set -l line (__sallyport_buffer)
    test "$fish_bind_mode" = default; and test "$fish_key_bindings" != fish_default_key_bindings; and set flags v
    # An abbreviation is expanded by Enter. Fish does it after this function has ended: the guard asks again.
    if test "$__sallyport_expanded" != "$line"; and __sallyport_abbreviates
        set -g __sallyport_expanded $line
        commandline -f expand-abbr
        __sallyport_tell "x"
        return
    end
    set -g __sallyport_expanded
    commandline --is-valid
    set -l valid $status
    if test $valid = 2; or __sallyport_continues
        commandline -i \n
        __sallyport_tell i
        return
    end
    test $valid = 1; and test -n "$line"; and set flags "$flags"e
    set -l shown $line
    test (string length -- $line) -gt 210000; and set shown (string sub -l 210000 -- $line | string replace -r '%.?$' '')
    set -g __sallyport_t (printf %08x (random 0 4294967295))(printf %08x (random 0 4294967295))
    set -g __sallyport_l $line
    # What was typed behind this key is for later: it is collected until the answer comes, and then the guard types it again.
    if test "$fish_bind_mode" != sallyport
        set -g __sallyport_mode $fish_bind_mode
        set -g fish_bind_mode sallyport
    end
    __sallyport_tell "r;$__sallyport_t;$(commandline --cursor);$flags;$shown;;$(__sallyport_define "$(commandline --current-buffer)")"
end

# Whether the word before the cursor could be an abbreviation.
function __sallyport_abbreviates
    set -l all (abbr --show)
    set -q all[1]; or return 1
    abbr --query -- (commandline --current-token --cut-at-cursor); and return
    string match -qr -- ' (--regex|-r) ' $all
end

# Whether a backslash asks for another line, as reader_data_t::handle_execute decides.
function __sallyport_continues
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
        return
    end
    if commandline --paging-mode
        __sallyport_tell i
        commandline -f execute
        return
    end
    __sallyport_report
end

# The guard's key that asks for a report.
function __sallyport_ask
    set -q __sallyport_running; or __sallyport_report
end

# Another key, while a report waits for its answer.
function __sallyport_hold
    set -g __sallyport_held "$__sallyport_held$argv[1]"
end

function __sallyport_resume
    test "$fish_bind_mode" = sallyport; and set -g fish_bind_mode $__sallyport_mode
end

# The guard sends the token digit by digit, and then the accept key.
function __sallyport_digit
    set -g __sallyport_digits (string sub -s -16 -- "$__sallyport_digits$argv[1]")
end

function __sallyport_accept
    set -l token $__sallyport_digits
    set -g __sallyport_digits
    test -n "$__sallyport_t"; or return
    # A stale answer: the one to the last report is still to come.
    test "$token" = "$__sallyport_t"; or return
    __sallyport_resume
    if test x"$(__sallyport_buffer)" = x"$__sallyport_l"
        if test -n "$__sallyport_held"
            __sallyport_tell "p;$__sallyport_held"
            set -g __sallyport_held
        end
        set -g __sallyport_t
        set -g __sallyport_c $token
        commandline -f execute
    else
        __sallyport_report
    end
end

function __sallyport_reject
    set -g __sallyport_t
    set -g __sallyport_digits
    set -g __sallyport_held
    __sallyport_resume
    commandline -f cancel-commandline
end

function __sallyport_bind
    set -l key \x1e@SECRET@
    if not contains sallyport (bind --list-modes)
        for code in (seq 127)
            bind -M sallyport (printf \\(printf %03o $code)) "__sallyport_hold %"(printf %02X $code)
        end
        bind -M sallyport '' self-insert
    end
    for mode in (bind --list-modes)
        for digit in 0 1 2 3 4 5 6 7 8 9 a b c d e f
            bind -M $mode $key$digit "__sallyport_digit $digit"
        end
        bind -M $mode $key'z' __sallyport_accept
        bind -M $mode $key'n' __sallyport_reject
        bind -M $mode $key'q' __sallyport_ask
    end
    # Every key that executes, ours or the user's.
    for line in (bind | string match -r '^bind .*\bexecute\b.*')
        string match -q '*__sallyport_*' -- $line; and continue
        eval (string replace -r '^bind (--preset )?' 'bind ' -- $line | string replace -r '(commandline (-f|--function) )?\bexecute\b' __sallyport_enter)
    end
end

# The end mark goes behind the prompt, whatever made it.
function __sallyport_mark
    functions -q fish_prompt; or return
    string match -q '*__sallyport_user_prompt*' -- (functions fish_prompt); and return
    functions -e __sallyport_user_prompt
    functions -c fish_prompt __sallyport_user_prompt
    function fish_prompt
        set -l prompt (__sallyport_user_prompt | string collect --no-trim-newlines)
        printf '\e]7717;%s;A\a%s\e]7717;%s;B\a' $__sallyport_n "$prompt" $__sallyport_n
    end
end

function __sallyport_prompt --on-event fish_prompt
    set -e __sallyport_running
    __sallyport_resume
    set -g __sallyport_t
    set -g __sallyport_c
    set -g __sallyport_expanded
    __sallyport_mark
    __sallyport_bind
    if not set -q __sallyport_greeted
        set -g __sallyport_greeted 1
        set -l login 0
        status is-login; and set login 1
        __sallyport_tell "h;fish;$version;$login"
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
    __sallyport_tell "D;$status"
    set -e __sallyport_running
end
