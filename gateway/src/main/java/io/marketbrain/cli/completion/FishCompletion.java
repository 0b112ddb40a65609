package io.marketbrain.cli.completion;

import io.marketbrain.cli.completion.CompletionEntry.Choice;
import java.util.List;

/** The script for fish. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(List<CompletionEntry> entries) {
        var out = new StringBuilder("""
                # Completion of the command brain, written by "brain completion". Load it with:
                #   brain completion fish | source
                complete -c brain -f
                """);
        for (CompletionEntry entry : entries) {
            String condition = condition(entry.path());
            if (!entry.commands().isEmpty() || !entry.first().isEmpty()) {
                out.append("complete -c brain -n ")
                        .append(condition)
                        .append(" -a '")
                        .append((String.join(" ", entry.commands()) + " " + String.join(" ", entry.first())).strip())
                        .append("'\n");
            }
            for (Choice option : entry.options()) {
                option(out, condition, option);
            }
        }
        return out.toString();
    }

    /** The condition that the commands of a path have been typed. */
    private static String condition(String path) {
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String[] names = path.split(" ", -1);
        var condition = new StringBuilder("'");
        for (int i = 0; i < names.length; i++) {
            condition
                    .append(i == 0 ? "" : "; and ")
                    .append("__fish_seen_subcommand_from ")
                    .append(names[i]);
        }
        return condition.append('\'').toString();
    }

    private static void option(StringBuilder out, String condition, Choice option) {
        out.append("complete -c brain -n ").append(condition);
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.takesValue()) {
            out.append(option.isFile() ? " -r -F" : " -x");
            if (!option.values().isEmpty()) {
                out.append(" -a '").append(String.join(" ", option.values())).append('\'');
            }
        }
        out.append(" -d '")
                .append(option.description().replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }
}
