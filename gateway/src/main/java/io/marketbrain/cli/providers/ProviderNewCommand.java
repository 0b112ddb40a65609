package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.providers.ProviderDraft.Refused;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.PayloadKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code brain providers new}: writes a descriptor from a sample response, asking what it cannot find itself. */
@Command(
        name = "new",
        header = "Writes the descriptor of a provider from a sample response, and checks it.",
        description = {
            "Asks for what is not given and proposes where the fields are; an empty answer takes the proposal."
                    + " With --yes it asks nothing. The sample is a file, or is downloaded from its address with one"
                    + " call. A key in the address is not stored. If the provider has a descriptor without that"
                    + " operation, it is added to it.",
        },
        footer = {
            "",
            "Examples:",
            "  brain providers new",
            "  brain providers new --id acme --url 'https://api.acme.example/ticker?symbol=BTC-USD' --symbol BTC-USD --yes",
            "  brain providers new --id acme --operation candles --interval 1d --sample response.json \\",
            "    --url 'https://api.acme.example/candles/BTC-USD?resolution=D&limit=500' --symbol BTC-USD --field close=c",
        })
public final class ProviderNewCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Questions questions;

    @Option(names = "--id", description = "The provider's id: lower-case letters, digits and dashes.")
    private @Nullable String id;

    @Option(names = "--name", description = "Its name.")
    private @Nullable String name;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The address of the sample, as the provider documents it.")
    private @Nullable String url;

    @Option(names = "--sample", paramLabel = "FILE", description = "A saved response to that address, in JSON or CSV.")
    private @Nullable Path sample;

    @Option(names = "--operation", paramLabel = "quote|candles", description = "What the sample is. (quote)")
    private @Nullable String operation;

    @Option(names = "--symbol", description = "The symbol in the address, as it is written there.")
    private @Nullable String symbol;

    @Option(names = "--interval", description = "The interval of sample candles, such as 1d.")
    private @Nullable String interval;

    @Option(
            names = "--field",
            paramLabel = "NAME=PATH",
            description = "Where a field is, instead of the proposal; may be repeated. An empty path leaves it out.")
    private Map<String, String> given = new LinkedHashMap<>();

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description = "The format of times, if it is not recognised.")
    private @Nullable String timeFormat;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write. (<id>.json in the folder providers)")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace a descriptor that exists.")
    private boolean force;

    @Option(
            names = "--yes",
            description = "Ask nothing: take the proposals, and download the sample if there is no file.")
    private boolean yes;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ProviderNewCommand(CommandContext context) {
        this.context = context;
        this.questions = new Questions(context);
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(context, options.given(), this::write);
    }

    private int write(ConfigResult.Loaded loaded) {
        try {
            Drafted drafted = draftOf(loaded);
            Path file = out != null
                    ? context.workingDirectory().resolve(out)
                    : loaded.config()
                            .updates()
                            .findFolder()
                            .orElse(context.home().resolve("providers"))
                            .resolve(drafted.draft().id() + ".json");
            return DraftFile.of(file, drafted.draft(), force)
                    .write(drafted.sample(), context.clock().instant(), context.out());
        } catch (Refused e) {
            context.err().println("brain: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (MalformedPayload e) {
            context.err().println("brain: the sample cannot be read: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** A draft, and the sample that it was made of. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Drafted(ProviderDraft draft, byte[] sample) {}

    private Drafted draftOf(ConfigResult.Loaded loaded) throws Refused, MalformedPayload {
        String own = answer("id", id, "");
        try {
            var _ = new ProviderId(own);
        } catch (IllegalArgumentException e) {
            throw new Refused("'" + own + "' is no id: use lower-case letters, digits and dashes (--id)");
        }
        if (ResponseCheck.isTaken(own)) {
            throw new Refused("there is another provider '" + own + "'; use another id (--id)");
        }
        String called = answer("name", name, own.substring(0, 1).toUpperCase(Locale.ROOT) + own.substring(1));
        String address = answer("address of a sample", url, "");
        SampleAddress found = SampleAddress.find(address)
                .orElseThrow(() -> new Refused("the address must be http(s)://host/path (--url)"));
        String kind = answer("what it is, quote or candles", operation, "quote");
        if (!kind.equals("quote") && !kind.equals("candles")) {
            throw new Refused("'" + kind + "' must be quote or candles (--operation); write other mappings by hand");
        }
        boolean isQuote = kind.equals("quote");
        String spelled = answer("symbol in the address", symbol, "");
        if (spelled.isEmpty()) {
            throw new Refused("which symbol is in the address? (--symbol)");
        }
        if (!found.names(spelled)) {
            throw new Refused("the address does not have the symbol '" + spelled + "' (--symbol)");
        }
        SampleSymbol meant = SampleSymbol.find(spelled)
                .orElseThrow(
                        () -> new Refused(
                                "it does not show what '" + spelled
                                        + "' is; use a sample of another symbol, such as BTC-USD, EURUSD or AAPL, or write the descriptor by hand"));
        SampleAddress.Request request = found.request(spelled, !isQuote);
        Optional<String> span =
                isQuote ? Optional.empty() : Optional.of(answer("interval of the candles", interval, "1d"));
        byte[] body = sampleOf(found, loaded);
        SampleDocument document = SampleDocument.read(body);
        SampleScan.Proposal proposal = isQuote
                ? SampleScan.quote(document.node(), spelled, given.containsKey("price"))
                : SampleCandles.in(document.node(), spelled);
        SequencedMap<String, List<String>> fields =
                fields(isQuote ? SampleScan.QUOTE_FIELDS : SampleCandles.FIELDS, proposal, document.node());
        if (isQuote
                && proposal.shape().equals("one")
                && SampleScan.isOneOfSeveral(document.node(), fields.getOrDefault("price", List.of()))) {
            throw new Refused("the price is that of one of several items, whatever the symbol is; write the mapping by"
                    + " hand, with 'where' or 'pick'");
        }
        String sent = Optional.ofNullable(fields.get("time"))
                .flatMap(path -> SampleScan.value(document.node(), proposal, path))
                .map(SampleScan::textOrNothing)
                .orElse("");
        String time = fields.containsKey("time")
                ? answer("format of the time", timeFormat, TimeGuess.of(sent).orElse(""))
                : "";
        if (fields.containsKey("time") && time.isEmpty()) {
            throw new Refused("in which format is the time " + PayloadText.shown(sent)
                    + "? (--time-format FORMAT, such as dd/MM/uuuu; --field time= leaves it out)");
        }
        return new Drafted(
                new ProviderDraft(
                        own,
                        called,
                        kind,
                        document.kind(),
                        document.csv(),
                        spelled,
                        meant,
                        request,
                        span,
                        proposal,
                        fields,
                        time,
                        sent,
                        check(document, spelled, proposal, isQuote)),
                body);
    }

    /** The value that is the symbol, beside the rows. */
    private static Map<String, String> check(
            SampleDocument document, String symbol, SampleScan.Proposal proposal, boolean isQuote)
            throws MalformedPayload {
        Optional<List<String>> path =
                document.kind() == PayloadKind.JSON && proposal.where().isEmpty()
                        ? SampleScan.find(document.node(), symbol).filter(found -> isQuote || found.size() == 1)
                        : Optional.empty();
        return path.isEmpty()
                ? Map.of()
                : Map.of(
                        String.join(
                                ".", ProviderDraft.named(path.get(), path.get().size() - 1, symbol)),
                        SampleAddress.placeholder(
                                SampleScan.text(document.node(), path.get()).orElse(symbol)));
    }

    /** What was given, or the answer to a question, or the proposal. */
    private String answer(String question, @Nullable String option, String proposal) {
        return option != null ? option : yes ? proposal : questions.ask(question, proposal);
    }

    private byte[] sampleOf(SampleAddress address, ConfigResult.Loaded loaded) throws Refused {
        String file = sample != null
                ? sample.toString()
                : yes ? "" : questions.ask("file with a saved response, or nothing to download it with one call", "");
        if (!file.isEmpty()) {
            try {
                return SmallFile.readBytes(context.workingDirectory().resolve(file), DraftFile.LIMITS);
            } catch (UnreadableFile e) {
                throw new Refused(file + " cannot be used: it " + e.reason());
            }
        }
        return switch (SampleDownload.fetch(address, loaded.config().transport(), context.clock())) {
            case Outcome.Success<RawPayload>(RawPayload raw) -> {
                if (raw.status() != 200) {
                    throw new Refused("the address answered with HTTP " + raw.status());
                }
                yield raw.body();
            }
            case Outcome.Failed<RawPayload> failed ->
                throw new Refused(
                        "the sample cannot be downloaded: " + failed.failure().message());
        };
    }

    private SequencedMap<String, List<String>> fields(
            List<String> names, SampleScan.Proposal proposal, PayloadNode document) throws Refused {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String field : names) {
            List<String> found = proposal.fields().getOrDefault(field, List.of());
            String shown = found.isEmpty()
                    ? ""
                    : SampleScan.value(document, proposal, found)
                            .map(value -> " " + PayloadText.shown(SampleScan.textOrNothing(value)))
                            .orElse("");
            String path = answer(field + shown, given.get(field), String.join(".", found));
            if (path.equals(String.join(".", found)) && !found.isEmpty()) {
                fields.put(field, found);
            } else if (!path.isEmpty() && !path.equals("-")) {
                List<String> steps = List.of(path.split("\\.", -1));
                if (SampleScan.value(document, proposal, steps).isEmpty()) {
                    throw new Refused("the sample has no '" + path + "' (--field " + field + "=PATH)");
                }
                fields.put(field, steps);
            }
        }
        for (String field : names.contains("price") ? List.of("price") : names.subList(0, 5)) {
            if (!fields.containsKey(field)) {
                throw new Refused("where is the field '" + field + "'? (--field " + field + "=PATH)");
            }
        }
        return fields;
    }
}
