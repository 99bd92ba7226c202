# bash completion for fivetran-sim, as `fivetran-sim completion bash` prints it. The program itself
# knows what may follow; this only asks it.
_fivetran_sim() {
  local rest=${COMP_LINE:0:COMP_POINT} word blank current kept= breaks= directive= i last=-1
  local -a words=()
  COMPREPLY=()
  # bash ends words at : and =, which are parts of ours.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blank=${rest%%[![:space:]]*}
    rest=${rest#"$blank"}
    word=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || word=$rest
    rest=${rest#"$word"}
    if ((last < 0)) || [[ -n $blank ]]; then
      words[++last]=$word
    else
      words[last]+=$word
    fi
  done
  current=${words[last]}
  # It replaces only what stands behind the last of them.
  [[ $COMP_WORDBREAKS != *:* ]] || breaks+=:
  [[ $COMP_WORDBREAKS != *=* ]] || breaks+==
  if [[ -n $breaks && $current == *["$breaks"]* ]]; then kept=${current%"${current##*["$breaks"]}"}; fi
  while IFS=$'\t' read -r word _; do
    case $word in
      :none | :open | :files | :folders) directive=$word ;;
      *) printf -v word %q "${word#"$kept"}"; COMPREPLY[${#COMPREPLY[@]}]=$word ;;
    esac
  done < <("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)
  case $directive in
    :open) compopt -o nospace 2>/dev/null ;;
    :files | :folders)
      compopt -o filenames 2>/dev/null
      i=-f
      [[ $directive == :files ]] || i=-d
      while IFS= read -r word; do COMPREPLY[${#COMPREPLY[@]}]=$word; done < <(compgen "$i" -- "${current#"$kept"}")
      ;;
  esac
}
complete -F _fivetran_sim fivetran-sim
