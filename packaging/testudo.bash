# Completion of testudo(1) for bash. packaging/testudo.1 says what each option means.
_testudo() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb='' word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in check|unlock|case) verb=$word; break ;; esac
  done
  case $previous in
    --records) COMPREPLY=($(compgen -W 'all findings none' -- "$current")); return ;;
    --fail-at) COMPREPLY=($(compgen -W 'info low medium high critical' -- "$current")); return ;;
    --lang) COMPREPLY=($(compgen -W 'en qps-rtl' -- "$current")); return ;;
    --jobs|--as-of|--seized-from|--seized-to) return ;;
    --case|--out) compopt -o dirnames; return ;;
    --intel|--password-file|--key-file|--export-key) compopt -o default; return ;;
  esac
  local options='--help --lang'
  case $verb in
    check) options+=' --intel --case --out --records --password-file --key-file --as-of --seized-from --seized-to --fail-at --jobs --json --quiet
      --redact --hash-everything --incomplete' ;;
    unlock) options+=' --out --password-file --key-file --export-key' ;;
    '') options+=' --version'
      [[ $current == -* ]] || { COMPREPLY=($(compgen -W 'check unlock case' -- "$current")); return; } ;;
  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current")); else compopt -o default; fi
}
complete -F _testudo testudo
