package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain providers test}: one call of each operation of a provider, after saying what they cost. */
@Command(
        name = "test",
        header = "Calls each operation of a provider once, after saying what that costs.",
        description = {
            "Without --live nothing is sent. With it the provider is live for this run, whatever the settings say, with its"
                    + " configured key, limits and budget.",
        },
        footer = {
            "",
            "Examples:",
            "  brain providers test kraken                  says what would be called",
            "  brain providers test kraken --live           asks, then calls",
            "  brain providers test acme --live --yes --operation quote --symbol BTC-USD",
        })
public final class ProviderTestCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(paramLabel = "PROVIDER", description = "A provider that \"brain providers\" lists.")
    private String id = "";

    @Option(names = "--live", description = "Make the calls.")
    private boolean live;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--operation", paramLabel = "NAME", description = "Only this operation; may be repeated.")
    private List<String> operations = List.of();

    @Option(names = "--symbol", description = "What to ask for, in the provider's spelling or as BASE/QUOTE.")
    private @Nullable String symbol;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ProviderTestCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::test);
    }

    private int test(ConfigResult.Loaded loaded) {
        Optional<ChosenProvider> chosen = ChosenProvider.find(local.context(), loaded, id);
        if (chosen.isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Operation> only = new ArrayList<>();
        for (String name : operations) {
            Optional<Operation> operation = Operation.find(name);
            if (operation.isEmpty()) {
                local.context()
                        .err()
                        .println("brain: there is no operation '" + name + "'; there are: " + Operation.names());
                return ExitCode.USAGE;
            }
            only.add(operation.get());
        }
        var calls = LiveCalls.of(
                chosen.get().descriptor(),
                chosen.get().costs(),
                only,
                Optional.ofNullable(symbol),
                local.context().clock().instant());
        if (calls.isEmpty()) {
            local.context().err().println("brain: there is nothing to call; give a --symbol that " + id + " has");
            return ExitCode.USAGE;
        }
        calls.announced().forEach(local.context().out()::println);
        if (!live) {
            local.context().out().println("Nothing was sent; --live makes the calls.");
            return ExitCode.OK;
        }
        if (!yes && !new Questions(local.context()).confirm("Make them now?")) {
            local.context().err().println("brain: nothing was sent");
            return ExitCode.FAILURE;
        }
        return local.ask(chosen.get().live(options.given()), api -> calls.make(api, local.context()));
    }
}
