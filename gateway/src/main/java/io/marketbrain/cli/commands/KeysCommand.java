package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.FileRefused;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.security.ApiKey;
import io.marketbrain.security.KeyRing;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain keys}: the API keys of callers on other machines. */
@Command(
        name = "keys",
        description = "Creates, lists and revokes the keys that callers from other machines need.",
        footer = {
            "",
            "Examples:",
            "  brain keys create alice",
            "  brain keys create bob --budget 100/day",
            "  brain keys list",
            "  brain keys revoke alice"
        })
public final class KeysCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public KeysCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list(options);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the names of the keys; the keys themselves are not stored.")
    int list(@Mixin ConfigOptions own) {
        return with(own, ring -> {
            var columns = new TextTable("NAME", "SCOPE", "BUDGET", "CREATED");
            ring.load();
            for (ApiKey key : ring.all()) {
                columns.add(java.util.List.of(
                        key.name(),
                        key.scope(),
                        key.budget().orElse("-"),
                        key.created().toString()));
            }
            context.out().print(columns);
            return 0;
        });
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates a key and shows it once.")
    int create(
            @Mixin ConfigOptions own,
            @Parameters(paramLabel = "NAME", description = "The caller's name.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "read|admin",
                            defaultValue = "read",
                            description = "What it permits: read data only, or also change the gateway's state.")
                    String scope,
            @Option(
                            names = "--budget",
                            paramLabel = "AMOUNT[/day|/month]",
                            description = "What the caller may spend, in addition to the budgets in the settings.")
                    Optional<String> budget) {
        if (!scope.equals("read") && !scope.equals("admin")) {
            context.err().println("brain: --scope is read or admin");
            return ExitCode.USAGE;
        }
        return with(own, ring -> {
            budget.ifPresent(text -> BudgetPolicy.ofKey(name, text));
            String key = ring.create(
                    name, scope.equals("admin"), budget, context.clock().instant(), new SecureRandom());
            context.out().println(key);
            context.err().println("This is the key of " + name + ". It is not stored and cannot be shown again.");
            return 0;
        });
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key immediately.")
    int revoke(
            @Mixin ConfigOptions own,
            @Parameters(paramLabel = "NAME", description = "The caller's name.") String name) {
        return with(own, ring -> {
            if (ring.revoke(name)) {
                return 0;
            }
            context.err().println("brain: there is no key '" + name + "'");
            return ExitCode.FAILURE;
        });
    }

    private int with(ConfigOptions given, ToIntFunction<KeyRing> command) {
        return SettingsLoader.with(context, given.given(), loaded -> {
            Optional<KeyRing> ring = ring(loaded);
            try {
                return command.applyAsInt(ring.orElseThrow());
            } catch (IllegalArgumentException | FileRefused e) {
                context.err().println("brain: " + e.getMessage());
                return ExitCode.USAGE;
            }
        });
    }

    private static Optional<KeyRing> ring(ConfigResult.Loaded loaded) {
        return loaded.config().state().map(folder -> new KeyRing(folder.resolve("keys")));
    }
}
