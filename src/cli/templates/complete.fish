# fish completion for fivetran-sim, as `fivetran-sim completion fish` prints it. The program itself
# knows what may follow; this only asks it.
function __fivetran_sim_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    set -e words[1]
    for line in ($program __complete $words "$current" 2>/dev/null)
        switch $line
            case :files
                set -l kept (string match -r '^.*=' -- $current)
                for path in (__fish_complete_path (string replace -r '^.*=' '' -- $current))
                    printf '%s%s\n' "$kept" $path
                end
            case :folders
                set -l kept (string match -r '^.*=' -- $current)
                for path in (__fish_complete_directories (string replace -r '^.*=' '' -- $current))
                    printf '%s%s\n' "$kept" $path
                end
            case :none :open
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c fivetran-sim -f -a '(__fivetran_sim_complete)'
