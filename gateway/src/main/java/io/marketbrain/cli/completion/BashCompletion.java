package io.marketbrain.cli.completion;

import io.marketbrain.cli.completion.CompletionEntry.Choice;
import java.util.List;
import java.util.stream.Collectors;

/** The script for bash, and for zsh, which can load it. All words are in the script: completing starts no process. */
final class BashCompletion {
    private static final String HEAD = """
            # Completion of the command brain, written by "brain completion". Load it with:
            #   source <(brain completion bash)
            """;

    private static final String ZSH_HEAD = """
            # Completion of the command brain, written by "brain completion". Load it with:
            #   source <(brain completion zsh)
            autoload -Uz compinit bashcompinit
            (( $+functions[compdef] )) || compinit
            bashcompinit
            """;

    private static final String BODY = """
            _brain_reply() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
            _brain() {
                local current=${COMP_WORDS[COMP_CWORD]} previous= path= count=0 skip= word i
                COMPREPLY=()
                (( COMP_CWORD > 0 )) && previous=${COMP_WORDS[COMP_CWORD-1]}
                for (( i = 1; i < COMP_CWORD; i++ )); do
                    word=${COMP_WORDS[i]}
                    if [[ -n $skip ]]; then skip=; continue; fi
                    if [[ $word == -* ]]; then
                        case " $_brain_valued " in *" $word "*) [[ ${COMP_WORDS[i+1]} == "=" ]] || skip=yes ;; esac
                        continue
                    fi
                    case "|$_brain_paths|" in
                        *"|${path:+$path }$word|"*) path="${path:+$path }$word" ;;
                        *) count=$((count + 1)) ;;
                    esac
                done
                if [[ $previous == "=" && $COMP_CWORD -gt 1 ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
                if [[ $current == "=" ]]; then current=; fi
                if [[ $previous == -* ]]; then
                    _brain_value "$path" "$previous" && return
                fi
                _brain_words "$path" "$count"
            }
            complete -o bashdefault -o default -F _brain brain ./brain
            """;

    private BashCompletion() {}

    static String bash(List<CompletionEntry> entries) {
        return HEAD + script(entries);
    }

    static String zsh(List<CompletionEntry> entries) {
        return ZSH_HEAD + script(entries);
    }

    private static String script(List<CompletionEntry> entries) {
        var out = new StringBuilder();
        out.append("_brain_paths='")
                .append(entries.stream()
                        .map(CompletionEntry::path)
                        .filter(path -> !path.isEmpty())
                        .collect(Collectors.joining("|")))
                .append("'\n");
        out.append("_brain_valued='")
                .append(entries.stream()
                        .flatMap(entry -> entry.options().stream())
                        .filter(Choice::takesValue)
                        .flatMap(option -> option.names().stream())
                        .distinct()
                        .collect(Collectors.joining(" ")))
                .append("'\n");
        values(out, entries);
        words(out, entries);
        return out.append(BODY).toString();
    }

    /** The function that completes the value of an option; it fails if the option takes none. */
    private static void values(StringBuilder out, List<CompletionEntry> entries) {
        out.append("_brain_value() {\n    case \"$1 $2\" in\n");
        for (CompletionEntry entry : entries) {
            for (Choice option : entry.options()) {
                if (option.takesValue()) {
                    out.append("        ")
                            .append(option.names().stream()
                                    .map(name -> "'" + entry.path() + " " + name + "'")
                                    .collect(Collectors.joining("|")))
                            .append(") ")
                            .append(
                                    option.isFile()
                                            ? "COMPREPLY=($(compgen -f -- \"$current\"))"
                                            : "_brain_reply '" + String.join(" ", option.values()) + "'")
                            .append(" ;;\n");
                }
            }
        }
        out.append("        *) return 1 ;;\n    esac\n    return 0\n}\n");
    }

    /** The function that completes a command, an option or the first argument. */
    private static void words(StringBuilder out, List<CompletionEntry> entries) {
        out.append("_brain_words() {\n    case $1 in\n");
        for (CompletionEntry entry : entries) {
            String options = entry.options().stream()
                    .flatMap(option -> option.names().stream())
                    .collect(Collectors.joining(" "));
            String first = String.join(" ", entry.commands()) + " " + String.join(" ", entry.first());
            out.append("        '")
                    .append(entry.path())
                    .append("') if [[ $current == -* ]]; then _brain_reply '")
                    .append(options)
                    .append("'; elif (( $2 == 0 )); then _brain_reply '")
                    .append(first.strip())
                    .append("'; fi ;;\n");
        }
        out.append("    esac\n}\n");
    }
}
