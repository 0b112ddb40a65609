# shellcheck shell=sh
# Sourced by ./brain and the distribution's launcher: chooses JVM flags for small memory limits. Starts no process, so
# that it costs well below a millisecond.

# Below this limit in bytes, 96 MiB, the JVM runs without its optimizing compiler, whose working memory alone can exceed
# 30 MiB under load, and with 40 instead of 30 % for the heap. MemoryLimitPolicy has the same number.
optimizing_from=100663296

# Sets memory_limit to the lowest memory limit, in bytes, of the control groups that this process is in; empty if there is
# none. Arguments: /proc/self/cgroup and the folder where control groups are mounted. Reads version 1 and 2. In a
# container the path of a group may not exist; its limit is then that of the mounted folder.
find_memory_limit() {
    memory_limit=
    [ -r "$1" ] || return 0
    while IFS=: read -r _ controllers group; do
        case ",$controllers," in
            ,,) folder=$2 file=memory.max ;;
            *,memory,*) folder=$2/memory file=memory.limit_in_bytes ;;
            *) continue ;;
        esac
        while :; do
            lower_memory_limit "$folder$group/$file"
            [ -n "$group" ] || break
            group=${group%/*}
        done
    done <"$1"
}

# Lowers memory_limit to the one in a file if that is lower.
lower_memory_limit() {
    [ -r "$1" ] || return 0
    read -r limit <"$1" || return 0
    # Version 1 writes 19 digits if there is no limit.
    case $limit in '' | *[!0-9]* | ???????????????????*) return 0 ;; esac
    if [ -z "$memory_limit" ] || [ "$limit" -lt "$memory_limit" ]; then memory_limit=$limit; fi
}

# Sets memory_flags to the flags for the memory limit of this process, separated by spaces; empty if it needs none.
set_memory_flags() {
    find_memory_limit /proc/self/cgroup /sys/fs/cgroup
    memory_flags=
    if [ -n "$memory_limit" ] && [ "$memory_limit" -lt "$optimizing_from" ]; then
        memory_flags="-XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=40 -XX:MinRAMPercentage=40"
    fi
}
