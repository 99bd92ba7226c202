#compdef fivetran-sim
# zsh completion for fivetran-sim, as `fivetran-sim completion zsh` prints it. The program itself
# knows what may follow; this only asks it.
_fivetran-sim() {
  local text about directive program=${(Q)words[1]}
  local -a asked entries
  asked=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
  while IFS=$'\t' read -r text about; do
    case $text in
      (:none|:open|:files|:folders) directive=$text ;;
      (*) entries+=("${${text//\\/\\\\}//:/\\:}:$about") ;;
    esac
  done < <("${program/#\~/$HOME}" __complete "${asked[@]}" 2>/dev/null)
  case $directive in
    (:files|:folders)
      [[ $PREFIX != *=* ]] || compset -P '*='
      if [[ $directive == :files ]]; then _files; else _files -/; fi
      ;;
    (:open) _describe -V 'fivetran-sim' entries -S '' ;;
    (*) _describe -V 'fivetran-sim' entries ;;
  esac
}
if [[ ${funcstack[1]-} == _fivetran-sim ]]; then
  _fivetran-sim "$@"
else
  compdef _fivetran-sim fivetran-sim
fi
