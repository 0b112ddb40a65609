package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.wiring.BuiltInProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain providers check}: what a provider, or a descriptor, makes of saved responses. */
@Command(
        name = "check",
        header = "Checks a descriptor, and what a provider makes of saved responses. Sends nothing.",
        description = {
            "Reads a response as if the provider had just sent it, and prints the data or why there is none. Of a folder, each"
                    + " file NAME.meta.json says what the body beside it is of: {\"kind\": \"quote\", \"symbol\": \"BTC-USD\", \"status\": 200}.",
            "With \"url\", the address that it came from, responses of addresses that the gateway does not ask are counted by"
                    + " themselves; the others that are not data are \"not read\".",
        },
        footer = {
            "",
            "Examples:",
            "  brain providers check acme.json",
            "  brain providers check acme.json --sample response.json",
            "  brain providers check kraken --operation quote --symbol BTC/EUR --sample ticker.json",
            "  brain providers check okx --sample recordings/okx",
        })
public final class ProviderCheckCommand implements Callable<Integer> {
    private static final SmallFile.Limits DESCRIPTOR = SmallFile.Limits.ofKibibytes(256, 10_000);

    private final CommandContext context;

    @Parameters(
            paramLabel = "PROVIDER|FILE",
            description = "A provider that \"brain providers\" lists, or the file of a descriptor.")
    private String provider = "";

    @Option(
            names = "--sample",
            paramLabel = "RESPONSE",
            description = "A file with the body of a response, or a folder of them.")
    private @Nullable Path sample;

    @Option(
            names = "--operation",
            paramLabel = "NAME",
            description = "What the response is of: quote, candles, book, trades, series, news or symbols.")
    private @Nullable String operation;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            description = "The symbol or series that was requested; by default one of the provider's examples.")
    private @Nullable String symbol;

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            description = "The interval of candles that was requested; by default the first one that fits.")
    private @Nullable String interval;

    @Option(names = "--status", paramLabel = "CODE", description = "The HTTP status of the response; by default 200.")
    private @Nullable Integer status;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ProviderCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path file = context.workingDirectory().resolve(provider);
        if (!Files.isRegularFile(file) && !provider.contains(".") && !provider.contains("/")) {
            return SettingsLoader.with(
                    context,
                    options.given(),
                    loaded -> ChosenProvider.find(context, loaded, provider)
                            .map(chosen -> checked(
                                    () -> new ResponseCheck(
                                            BuiltInProviders.module(chosen.descriptor()),
                                            context.clock().instant()),
                                    ""))
                            .orElse(ExitCode.USAGE));
        }
        return checked(
                () -> ResponseCheck.ofDescriptor(
                        provider,
                        SmallFile.readBytes(file, DESCRIPTOR),
                        context.clock().instant()),
                provider + " is valid: ");
    }

    /** Reads what is to be checked. */
    @FunctionalInterface
    private interface Source {
        ResponseCheck check() throws UnreadableFile;
    }

    private int checked(Source source, String introduction) {
        String tried = provider;
        try {
            ResponseCheck check = source.check();
            context.out().println(introduction + check.summary());
            if (!introduction.isEmpty()) {
                note(check.provider());
            }
            if (sample == null) {
                return ExitCode.OK;
            }
            tried = sample.toString();
            Path responses = context.workingDirectory().resolve(sample);
            return Files.isDirectory(responses)
                    ? readAll(check, responses)
                    : read(check, SmallFile.readBytes(responses, SavedResponse.BODY));
        } catch (UnreadableFile e) {
            context.err().println("brain: " + tried + " cannot be used: it " + e.reason());
            return ExitCode.USAGE;
        } catch (IllegalArgumentException e) {
            context.err().println("brain: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** Says why a valid descriptor would not be used in the folder of providers. */
    private void note(String id) {
        if (ResponseCheck.isTaken(id)) {
            context.out()
                    .println("note: there is another provider '" + id
                            + "'; in the folder providers it needs another id");
        } else if (!context.workingDirectory().resolve(provider).endsWith(id + ".json")) {
            context.out().println("note: in the folder providers, call the file " + id + ".json");
        }
    }

    private int readAll(ResponseCheck check, Path folder) throws UnreadableFile {
        if (operation != null || symbol != null || interval != null || status != null) {
            throw new IllegalArgumentException("--operation, --symbol, --interval and --status are for one response; "
                    + sample + " is a folder, where files NAME.meta.json say what the responses are of");
        }
        return new ResponseTable(check).print(SavedResponse.all(folder), context.out());
    }

    private int read(ResponseCheck check, byte[] body) {
        Operation tried = operation == null ? check.firstOperation() : operation(operation);
        if (!check.offers(tried)) {
            throw new IllegalArgumentException(check.provider() + " has no " + tried.wire());
        }
        List<String> symbols = symbol != null ? List.of(symbol) : check.examples();
        Optional<Interval> asked = Optional.ofNullable(interval).map(ProviderCheckCommand::interval);
        int answered = status == null ? 200 : status;
        ResponseCheck.Reading reading = check.read(queries(check, tried, symbols, asked), answered, body);
        Optional<Interval> apart =
                asked.isPresent() ? asked : reading.interval().filter(check::offers);
        if (!apart.equals(asked)) {
            ResponseCheck.Reading again = check.read(queries(check, tried, symbols, apart), answered, body);
            reading = again.data().isPresent() ? again : reading;
        }
        int code = DataLines.print(reading, context.out());
        if (code != ExitCode.OK && operation == null && check.operations().size() > 1) {
            context.out().println("(read as " + tried.wire() + "; --operation names another operation)");
        }
        return code;
    }

    private static List<MarketQuery> queries(
            ResponseCheck check, Operation operation, List<String> symbols, Optional<Interval> interval) {
        List<MarketQuery> queries = symbols.stream()
                .flatMap(one -> check.queries().about(operation, one, interval).stream())
                .toList();
        if (queries.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + String.join(", ", symbols) + "' is no symbol for " + operation.wire() + "; use --symbol");
        }
        return queries;
    }

    private static Operation operation(String name) {
        return Operation.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no operation '" + name + "'; there are: " + Operation.names()));
    }

    private static Interval interval(String name) {
        return Interval.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no interval '" + name + "'; there are: " + Interval.names()));
    }
}
