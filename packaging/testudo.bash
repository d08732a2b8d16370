# Completion of testudo(1) for bash. Which verbs, options and words there are, the program says itself (--help).
_testudo() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} program=$1 help below word verbs=()
  help=$("$program" --help 2>/dev/null)
  below=$help
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    awk -v word="$word" '/^Subcommands:/ {verbs = 1} verbs && $1 == word {found = 1} END {exit !found}' <<< "$below" || continue
    verbs+=("$word")
    below=$("$program" "${verbs[@]}" --help 2>/dev/null)
    help+=$'\n'$below
  done
  case $previous in
    --case|--store) compopt -o dirnames; return ;;
    -*)
      local line
      line=$(grep -E -m1 -- "^  (-[a-z],)?$previous[ :]" <<< "$help")
      if [[ $line =~ \{([^}]*)\} ]]; then COMPREPLY=($(compgen -W "${BASH_REMATCH[1]//,/ }" -- "$current")); return; fi
      [[ $line == *TEXT* ]] && { compopt -o default; return; } ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$(grep -oE -- '^  (-[a-z],)?--[a-z-]+' <<< "$help" | grep -oE -- '--[a-z-]+')" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$(sed -n '/^Subcommands:/,$p' <<< "$below" | grep -oE '^  [a-z]+')" -- "$current"))
    ((${#COMPREPLY[@]})) || compopt -o default
  fi
}
complete -F _testudo testudo
