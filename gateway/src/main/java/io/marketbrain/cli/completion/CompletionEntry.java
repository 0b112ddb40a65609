package io.marketbrain.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a shell completes after one command.
 *
 * @param path the names of the command and of those before it, such as {@code keys create}; empty for brain itself
 * @param commands its sub-commands
 * @param options its options
 * @param first the words for its first argument
 */
record CompletionEntry(String path, List<String> commands, List<Choice> options, List<String> first) {
    CompletionEntry {
        commands = List.copyOf(commands);
        options = List.copyOf(options);
        first = List.copyOf(first);
    }

    /**
     * An option.
     *
     * @param takesValue whether a value follows it
     * @param isFile whether that value is a file
     * @param values the words for its value, if they are known
     */
    record Choice(List<String> names, String description, boolean takesValue, boolean isFile, List<String> values) {
        Choice {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }
    }

    /** The entries of a command and of all commands below it. */
    static List<CompletionEntry> all(CommandSpec root) {
        var entries = new ArrayList<CompletionEntry>();
        collect("", root, entries);
        return entries;
    }

    private static void collect(String path, CommandSpec command, List<CompletionEntry> entries) {
        List<String> first = command.positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(0))
                .findFirst()
                .map(CompletionEntry::words)
                .orElse(List.of());
        boolean isHelp = path.equals("help");
        entries.add(new CompletionEntry(
                path,
                isHelp ? List.of() : List.copyOf(command.subcommands().keySet()),
                command.options().stream()
                        .filter(option -> !option.hidden())
                        .map(CompletionEntry::choice)
                        .toList(),
                isHelp ? List.copyOf(command.parent().subcommands().keySet()) : first));
        command.subcommands()
                .forEach((name, sub) ->
                        collect(path.isEmpty() ? name : path + " " + name, sub.getCommandSpec(), entries));
    }

    private static Choice choice(OptionSpec option) {
        return new Choice(
                List.of(option.names()),
                String.join(" ", option.description()),
                option.arity().max() > 0,
                option.paramLabel().equals("FILE"),
                words(option));
    }

    /** The candidates of an argument: those it declares, or the choices in a label such as {@code table|csv}. */
    private static List<String> words(ArgSpec argument) {
        Iterable<String> declared = argument.completionCandidates();
        if (declared != null) {
            return StreamSupport.stream(declared.spliterator(), false).collect(Collectors.toList());
        }
        String label = argument.paramLabel();
        return label.matches("[a-z]+(\\|[a-z]+)+") ? List.of(label.split("\\|")) : List.of();
    }
}
