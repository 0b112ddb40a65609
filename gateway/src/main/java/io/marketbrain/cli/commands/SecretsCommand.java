package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.Setting;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.security.Secret;
import io.marketbrain.security.SecretsFile;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code brain secrets}: credentials in an encrypted file. */
@Command(
        name = "secrets",
        header = "Stores credentials in an encrypted file.",
        description = {
            "The file is encrypted with AES-256-GCM. Its key is in a file that only its owner may read, or is derived from"
                    + " SECRETS_PASSPHRASE. Values in the environment and in .env take precedence.",
        },
        footer = {
            "",
            "Examples:",
            "  brain secrets set BINANCE_API_KEY            prompts for it without echo",
            "  pass show binance | brain secrets set BINANCE_API_KEY",
            "  brain secrets list",
            "  brain secrets remove BINANCE_API_KEY",
        })
public final class SecretsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public SecretsCommand(CommandContext context) {
        this.context = context;
    }

    /** An operation on the file. */
    private interface Work {
        int on(SecretsFile file) throws SecretsFile.Locked;
    }

    @Override
    public Integer call() {
        return list(options);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the names of the stored credentials.")
    int list(@Mixin ConfigOptions own) {
        return with(own, file -> {
            file.read().keySet().forEach(name -> context.out().println(name));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description =
                    "Stores a credential, which it reads from the terminal or standard input, never from an argument.")
    int set(
            @Mixin ConfigOptions own,
            @Parameters(paramLabel = "NAME", description = "Its name in the environment, such as BINANCE_API_KEY.")
                    String name) {
        List<String> known = names();
        if (!known.contains(name)) {
            context.err()
                    .println("brain: there is no credential '" + name + "'; there are: " + String.join(", ", known));
            return ExitCode.USAGE;
        }
        return with(own, file -> {
            Optional<Secret> value = context.secrets().read(name).flatMap(Secret::of);
            if (value.isEmpty()) {
                context.err().println("brain: no value was given; nothing has changed");
                return ExitCode.USAGE;
            }
            file.change(secrets -> secrets.put(name, value.get().reveal()), new SecureRandom());
            context.err().println(name + " is stored; it takes effect after a restart.");
            return ExitCode.OK;
        });
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a credential.")
    int remove(@Mixin ConfigOptions own, @Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        return with(own, file -> {
            if (!file.read().containsKey(name)) {
                context.err().println("brain: no credential is stored as '" + name + "'");
                return ExitCode.FAILURE;
            }
            file.change(secrets -> secrets.remove(name), new SecureRandom());
            return ExitCode.OK;
        });
    }

    private static List<String> names() {
        return ConfigLoader.catalogue(Descriptors.builtIn()).stream()
                .filter(setting -> setting.secret() && !setting.key().startsWith("secrets."))
                .map(Setting::environmentName)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private int with(ConfigOptions given, Work work) {
        return SettingsLoader.with(context, given.given(), loaded -> {
            try {
                return work.on(new SecretsFile(loaded.config().access().secrets()));
            } catch (SecretsFile.Locked locked) {
                context.err().println("brain: " + locked.words());
                return ExitCode.FAILURE;
            }
        });
    }
}
