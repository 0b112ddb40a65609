package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.ListingFormat;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code brain budget}: the state of each budget. */
@Command(
        name = "budget",
        header = "Shows what was spent of each budget, what is left, and when it resets.",
        description = {
            "Asks the gateway that runs on this machine. If none does, it reads the stored budgets.",
        },
        footer = {"", "Examples:", "  brain budget", "  brain budget --format json | jq '.budgets[].left'"})
public final class BudgetCommand implements Callable<Integer> {
    private static final List<String> PATH = List.of("api", "v1", "budget");

    private final LocalGateway local;

    @Mixin
    private ListingFormat format = new ListingFormat();

    @Mixin
    private ClientOptions options = new ClientOptions();

    public BudgetCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::budget);
    }

    private int budget(ConfigResult.Loaded loaded) {
        var running =
                new RunningGateway(loaded.config().server(), local.context().environment());
        Optional<Answered> answered = running.find(LocalApi.target(PATH, new LinkedHashMap<>()));
        return answered.isPresent()
                ? show(answered.get())
                : local.launcher().locally(loaded.config(), api -> show(api.get(PATH, new LinkedHashMap<>())));
    }

    private int show(Answered answered) {
        return local.show(answered, format.orNull(), BudgetCommand::table);
    }

    private static String table(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("BUDGET", "COVERS", "LIMIT", "USED", "LEFT", "STATE", "RESETS");
        for (JsonValue budget : json.at("budgets").items()) {
            columns.add(List.of(
                    budget.at("name").text(),
                    budget.at("covers").text(),
                    budget.at("limit").text(),
                    budget.at("used").text(),
                    budget.at("left").text(),
                    budget.at("state").text(),
                    budget.at("resets").text()));
        }
        return columns.toString();
    }
}
