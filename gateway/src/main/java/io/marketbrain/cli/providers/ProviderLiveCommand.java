package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.FileKind;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.security.Secret;
import io.marketbrain.security.SecretsFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain providers live}: switches a provider live, step by step: its key, what a call costs, one call, the setting. */
@Command(
        name = "live",
        header =
                "Switches a provider live: asks for its key, makes one call after saying what it costs, and stores the settings.",
        description = {
            "The key is read from the terminal without echo, or from standard input, never from an argument. It is stored with"
                    + " \"brain secrets\", encrypted; the mode is added to .env, or printed with --print. Nothing is stored if the call fails.",
        },
        footer = {
            "",
            "Examples:",
            "  brain providers live kraken",
            "  pass show finnhub | brain providers live finnhub --yes",
            "  brain providers live ecb --yes --print",
        })
public final class ProviderLiveCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(paramLabel = "PROVIDER", description = "A provider that \"brain providers\" lists.")
    private String id = "";

    @Option(names = "--yes", description = "Do not ask before the call.")
    private boolean yes;

    @Option(names = "--print", description = "Print the lines to set instead of storing anything.")
    private boolean print;

    @Option(names = "--symbol", description = "What to ask for, in the provider's spelling or as BASE/QUOTE.")
    private @Nullable String symbol;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ProviderLiveCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::guide);
    }

    private int guide(ConfigResult.Loaded loaded) {
        CommandContext context = local.context();
        Optional<ChosenProvider> chosen = ChosenProvider.find(context, loaded, id);
        if (chosen.isEmpty()) {
            return ExitCode.USAGE;
        }
        Descriptor descriptor = chosen.get().descriptor();
        var calls = LiveCalls.of(
                        descriptor,
                        chosen.get().costs(),
                        List.of(),
                        Optional.ofNullable(symbol),
                        context.clock().instant())
                .first();
        if (calls.isEmpty()) {
            context.err().println("brain: there is nothing to call; give a --symbol that " + id + " has");
            return ExitCode.USAGE;
        }
        Map<String, Secret> credentials = credentials(descriptor, loaded);
        calls.announced().forEach(context.out()::println);
        if (!yes && !new Questions(context).confirm("Make it now?")) {
            context.err().println("brain: nothing was sent or stored");
            return ExitCode.FAILURE;
        }
        int code = new LocalGateway(with(credentials), local.launcher())
                .ask(chosen.get().live(options.given()), api -> calls.make(api, context));
        if (code != ExitCode.OK) {
            context.err().println("brain: nothing was stored");
            return code;
        }
        return print ? printed(credentials) : stored(loaded, credentials);
    }

    /** The credentials that the provider takes and the user gives, by the names of their settings. */
    private Map<String, Secret> credentials(Descriptor descriptor, ConfigResult.Loaded loaded) {
        var given = new LinkedHashMap<String, Secret>();
        var configured = loaded.config().provider(descriptor.id());
        if (configured.key().isPresent()) {
            local.context().out().println("Its configured key is used.");
            return given;
        }
        var names = new ArrayList<String>();
        descriptor.keySetting().ifPresent(names::add);
        descriptor.secretSetting().ifPresent(names::add);
        for (String name : names) {
            local.context().secrets().read(name).flatMap(Secret::of).ifPresent(value -> given.put(name, value));
        }
        if (!names.isEmpty() && given.isEmpty()) {
            local.context().out().println("Without a key; some of its operations may need one.");
        }
        return given;
    }

    /** The same context with the credentials, for this run only. */
    private CommandContext with(Map<String, Secret> credentials) {
        CommandContext own = local.context();
        var environment = new LinkedHashMap<>(own.environment());
        credentials.forEach((name, value) -> environment.put(name, value.reveal()));
        return new CommandContext(
                own.out(),
                own.err(),
                own.terminal(),
                environment,
                own.workingDirectory(),
                own.home(),
                own.clock(),
                own.secrets(),
                own.lines());
    }

    private String modeSetting() {
        return id.toUpperCase(Locale.ROOT).replace('-', '_') + "_MODE";
    }

    /** The file that the gateway reads: the nearer one of those that exist. */
    private static Path envFile(CommandContext context) {
        Path near = context.workingDirectory().resolve(".env");
        return FileKind.exists(near) ? near : context.home().resolve(".env");
    }

    private int printed(Map<String, Secret> credentials) {
        credentials.keySet().forEach(name -> local.context().out().println("brain secrets set " + name));
        local.context().out().println(modeSetting() + "=live");
        return ExitCode.OK;
    }

    private int stored(ConfigResult.Loaded loaded, Map<String, Secret> credentials) {
        CommandContext context = local.context();
        try {
            if (!credentials.isEmpty()) {
                new SecretsFile(loaded.config().access().secrets())
                        .change(
                                secrets -> credentials.forEach((name, value) -> secrets.put(name, value.reveal())),
                                new SecureRandom());
                context.out().println(String.join(", ", credentials.keySet()) + ": stored, encrypted");
            }
        } catch (SecretsFile.Locked locked) {
            context.err().println("brain: " + locked.words());
            return ExitCode.FAILURE;
        }
        Path file = envFile(context);
        Optional<String> problem = new EnvFileAddition(file).findProblem(modeSetting(), "live");
        if (problem.isPresent()) {
            context.err().println("brain: " + problem.get());
            return ExitCode.FAILURE;
        }
        context.out().println(modeSetting() + "=live: in " + file.getFileName() + "; it takes effect after a restart");
        return ExitCode.OK;
    }
}
