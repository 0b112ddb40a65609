# shellcheck shell=sh
# Sourced by the command "brain", in a checkout and in a distribution.

# Whether a setting makes a provider live: its mode, LIVE_PROVIDERS or its key, in the environment, .env or brain.yaml. It
# decides only which ahead-of-time cache is used. Flags, stored credentials and the file that --config names are not looked
# at; a placeholder counts as a key. Arguments: the list of built-in providers, then the files, which may be missing.
has_live_provider() {
    providers=$1
    shift
    for file in "$@"; do
        shift
        if [ -f "$file" ] && [ -r "$file" ]; then set -- "$@" "$file"; fi
    done
    exported=$(export -p)
    case $#$exported in 0*_MODE=* | 0*_API_KEY=* | 0*LIVE_PROVIDERS=*) ;; 0*) return 1 ;; esac # without a subprocess
    keys=
    while IFS= read -r line; do
        case $line in
            *_API_KEY*)
                line=${line%%_API_KEY*}
                keys=$keys${keys:+'|'}${line##*[!A-Z0-9]}
                ;;
        esac
    done <"$providers"
    value="[^]['\"#[:space:]]"
    quote="[[:space:]]*['\"]?"
    live="${quote}live$quote[[:space:]]*(#.*)?\$"
    # A line of .env, or of the environment as a shell prints it.
    name='^[[:space:]]*(export[[:space:]]+|declare -[a-z]+ )?'
    is='[[:space:]]*='
    if grep -qE -e "$name[A-Z0-9]+_MODE$is$live" -e "${name}LIVE_PROVIDERS$is$quote$value" -e "$name($keys)_API_KEY$is$quote$value" \
        -e "^[^#]*mode:$live" -e "^[^#]*live_providers:[[:space:]]*\\[?$quote$value" -e "^[^#]*api_key:$quote$value" - "$@" <<END; then
$exported
END
        return 0
    fi
    # A list in YAML with a line for each item.
    [ $# -gt 0 ] &&
        grep -hE -A 1 '^[^#]*live_providers:[[:space:]]*(#.*)?$' "$@" | grep -qE '^[[:space:]]*-[[:space:]]+[^#[:space:]]'
}
