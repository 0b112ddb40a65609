package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import java.util.Locale;
import java.util.Optional;

/** Questions on standard error, because standard output is for results. */
final class Questions {
    private final CommandContext context;

    Questions(CommandContext context) {
        this.context = context;
    }

    /** The answer; {@code proposal} if it is an empty line or the input has ended. */
    String ask(String question, String proposal) {
        context.err().print(question + (proposal.isEmpty() ? ": " : " [" + proposal + "]: "));
        context.err().flush();
        Optional<String> line = context.lines().read();
        if (line.isEmpty()) {
            context.err().println();
        }
        return line.filter(answer -> !answer.isEmpty()).orElse(proposal);
    }

    /** Whether the answer is yes; without one it is no. */
    boolean confirm(String question) {
        String answer = ask(question + " Answer yes or no", "no").toLowerCase(Locale.ROOT);
        return answer.equals("yes") || answer.equals("y");
    }
}
