package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain providers}: the providers, what they offer, and whether their data is real. */
@Command(
        name = "providers",
        description = "Lists the providers, which of them are live, replayed or mock, and why.",
        footer = {
            "",
            "Examples:",
            "  brain providers",
            "  brain providers --format json | jq '.providers[].id'",
            "  brain providers check acme.json --sample response.json",
        })
public final class ProvidersCommand implements Callable<Integer> {
    private static final SmallFile.Limits DESCRIPTOR = SmallFile.Limits.ofKibibytes(256, 10_000);
    private static final SmallFile.Limits SAMPLE = SmallFile.Limits.ofKibibytes(8 << 10, Integer.MAX_VALUE);

    private final LocalGateway local;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default a table in a terminal, JSON in a pipe.")
    private OutputFormats.@Nullable Listing format;

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
                        format,
                        ProvidersCommand::table));
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks a descriptor, and what its rules make of a saved response. Sends nothing.")
    int check(
            @Parameters(paramLabel = "FILE", description = "The descriptor.") Path file,
            @Option(names = "--sample", paramLabel = "RESPONSE", description = "A file with the body of a response.")
                    @Nullable
                    Path sample,
            @Option(
                            names = "--operation",
                            paramLabel = "NAME",
                            description = "What the response is of: quote, candles, trades or series.")
                    @Nullable
                    String operation,
            @Option(names = "--symbol", description = "The symbol or series that was requested.") @Nullable
                    String symbol,
            @Option(names = "--status", defaultValue = "200", description = "The HTTP status of the response.")
                    int status) {
        CommandContext context = local.context();
        try {
            var check = new DescriptorCheck(
                    file.toString(),
                    SmallFile.readBytes(context.workingDirectory().resolve(file), DESCRIPTOR));
            context.out().println(file + " is valid: " + check.summary());
            if (sample == null) {
                return ExitCode.OK;
            }
            Operation tried = operation == null
                    ? check.firstOperation()
                    : Operation.find(operation)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "there is no operation '" + operation + "'; there are: " + Operation.names()));
            String subject = symbol == null ? check.firstSymbol().orElse("") : symbol;
            Optional<MarketQuery> query = check.findQuery(tried, subject);
            if (query.isEmpty()) {
                context.err().println("brain: '" + subject + "' is no symbol for " + tried.wire() + "; use --symbol");
                return ExitCode.USAGE;
            }
            var result = check.read(
                    query.get(),
                    status,
                    SmallFile.readBytes(context.workingDirectory().resolve(sample), SAMPLE));
            result.lines().forEach(context.out()::println);
            return result.success() ? ExitCode.OK : ExitCode.FAILURE;
        } catch (UnreadableFile e) {
            context.err().println("brain: " + file + " or its sample cannot be used: it " + e.reason());
            return ExitCode.USAGE;
        } catch (IllegalArgumentException e) {
            context.err().println("brain: " + e.getMessage());
            return ExitCode.USAGE;
        }
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
