package io.marketbrain.cli.console;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The plain forms of {@code serve}, parsed without the command-line library, which would add more to the start-up time
 * than everything else in this package.
 *
 * @param flags the settings given, by key
 * @param file the file that {@code --config} names
 */
public record ServeArguments(Map<String, String> flags, Optional<Path> file) {

    /** The settings that have a flag, by flag. */
    static final Map<String, String> KEYS = Map.of("--port", "server.port", "--host", "server.host");

    private static final Map<String, String> FLAGS = Map.of("server.port", "--port", "server.host", "--host");

    /** The flag of each setting that has one. */
    Map<String, String> flagNames() {
        return FLAGS;
    }

    /** The parsed arguments if they are a plain form of serve; otherwise empty. */
    public static Optional<ServeArguments> find(String... arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        Optional<Path> file = Optional.empty();
        int at = arguments.length > 0 && arguments[0].equals("serve") ? 1 : 0;
        while (at < arguments.length) {
            String argument = arguments[at++];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.equals("--config") && !name.equals("--set") && !KEYS.containsKey(name)) {
                return Optional.empty();
            }
            if (equals < 0 && (at == arguments.length || arguments[at].startsWith("--"))) {
                return Optional.empty();
            }
            String value = equals < 0 ? arguments[at++] : argument.substring(equals + 1);
            int assigned = value.indexOf('=');
            if (name.equals("--config")) {
                file = Optional.of(Path.of(value));
            } else if (!name.equals("--set")) {
                flags.put(KEYS.getOrDefault(name, name), value);
            } else if (assigned > 0) {
                flags.put(value.substring(0, assigned), value.substring(assigned + 1));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new ServeArguments(flags, file));
    }
}
