# SPDX-License-Identifier: ISC
# Completion for the case-* and recall-* commands. Each command tells its own
# options, words and columns (COMMAND --completions), so that a new one needs no
# change here. The numbers of open cases come from case-list.

# A field of each row of one sort; with a name, of the row of that option.
function __case_rows -a sort field name
    printf '%s\n' $__case_said | awk -F '\t' -v sort="$sort" \
        -v field="$field" -v name="$name" '$1 == sort &&
            (name == "" || $2 == name || $3 == name) { print $field }'
end

# The value of the option, if it is one that takes a value.
function __case_value -a option word
    set -l value (__case_rows option 4 $option)
    if test (__case_rows option 2 $option) = --columns
        set -l before (string match -r '^.*,' -- $word; or echo)
        printf '%s\n' $before(__case_rows column 2)
    end
    string split -n ' ' -- (__case_rows option 5 $option)
    if contains -- $value FILE DIR
        __fish_complete_path $word
    end
end

# How many operands stand before the cursor: options and their values are none.
function __case_operands
    set -l n 0
    set -l skip 0
    for word in $argv
        if test $skip = 1
            set skip 0
        else if string match -q -- '-?*' $word
            if not string match -q -- '*=*' $word
                and test -n "$(__case_rows option 4 $word)"
                set skip 1
            end
        else
            set n (math $n + 1)
        end
    end
    echo $n
end

function __case_operand
    set -l words (__case_rows words 2)
    set -l several (__case_rows several 1)
    if test -n "$words"
        and begin
            test -n "$several"; or test (__case_operands $argv) = 0
        end
        string split -n ' ' -- $words
        test -n "$several"; or return
    end
    if test -n "$(__case_rows cases 1)"
        case-list --open -o case --limit 100 </dev/null 2>/dev/null
    else if test -n "$(__case_rows files 1)"
        __fish_complete_path (commandline -ct)
    end
end

function __case_complete
    set -l tokens (commandline -opc)
    set -l word (commandline -ct)
    set -g __case_said ($tokens[1] --completions </dev/null 2>/dev/null)
    set -l before
    set -q tokens[2]; and set before $tokens[-1]
    if string match -q -- '--*=*' $word
        set -l option (string split -m 1 = -- $word)
        printf "$option[1]=%s\n" (__case_value $option[1] $option[2])
    else if string match -q -- '-?*' $before
        and test -n "$(__case_rows option 4 $before)"
        __case_value $before $word
    else if string match -q -- '-*' $word
        printf '%s\n' $__case_said | awk -F '\t' '$1 == "option" {
            print $2 "\t" $6
            if ($3 != "")
                print $3 "\t" $6
        }'
    else
        __case_operand $tokens[2..-1]
    end
    set -e __case_said
end

# The commands are those that lie beside case-init.
if set -l __case_init (command -v case-init)
    for path in (string replace -r '[^/]*$' '' $__case_init)/{case,recall}-*
        complete -c (string replace -r '.*/' '' $path) -f -a '(__case_complete)'
    end
end
