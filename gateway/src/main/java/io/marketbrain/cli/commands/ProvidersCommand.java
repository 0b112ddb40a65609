package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ListingFormat;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code brain providers}: the providers, what they offer, and whether their data is real. */
@Command(
        name = "providers",
        description = "Lists the providers, which of them are live, replayed or mock, and why.",
        footer = {
            "",
            "Examples:",
            "  brain providers",
            "  brain providers --format json | jq '.providers[].id'",
        })
public final class ProvidersCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Mixin
    private ListingFormat format = new ListingFormat();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ProvidersCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return local.ask(
                options.given(),
                api -> local.show(
                        api.get(List.of("api", "v1", "providers"), new LinkedHashMap<>()),
                        format.orNull(),
                        ProvidersCommand::table));
    }

    private static String table(JsonValue json) throws MalformedPayload {
        var columns = new TextTable("PROVIDER", "NAME", "MODE", "OFFERS", "WHY");
        for (JsonValue provider : json.at("providers").items()) {
            List<String> offers = new ArrayList<>();
            for (JsonValue capability : provider.at("capabilities").items()) {
                offers.add(capability.text());
            }
            columns.add(List.of(
                    provider.at("id").text(),
                    provider.at("name").text(),
                    provider.at("mode").text(),
                    String.join(",", offers),
                    provider.at("reason").text()));
        }
        return columns.toString();
    }
}
