package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadText;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.descriptor.PayloadKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private static final SmallFile.Limits SAMPLE = SmallFile.Limits.ofKibibytes(8 << 10, Integer.MAX_VALUE);

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

    /** Why no descriptor is written. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(context, options.given(), this::write);
    }

    private int write(ConfigResult.Loaded loaded) {
        try {
            return write(loaded, draftOf(loaded));
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
        String spelled = answer("symbol in the address", symbol, "");
        if (!spelled.isEmpty() && !found.names(spelled)) {
            throw new Refused("the address does not have the symbol '" + spelled + "' (--symbol)");
        }
        Optional<String> span = kind.equals("candles")
                ? Optional.of(answer("interval of the candles", interval, "1d"))
                : Optional.empty();
        byte[] body = sampleOf(found, loaded);
        SampleDocument document = SampleDocument.read(body);
        SampleScan.Proposal proposal = kind.equals("quote")
                ? SampleScan.quote(document.node())
                : SampleScan.candles(document.node())
                        .orElseThrow(() -> new Refused("the sample has no list of candles; write the mapping by hand"));
        SequencedMap<String, List<String>> fields = fields(
                kind.equals("quote") ? SampleScan.QUOTE_FIELDS : SampleScan.CANDLE_FIELDS, proposal, document.node());
        Optional<String> sent = Optional.ofNullable(fields.get("time"))
                .flatMap(path -> SampleScan.text(document.node(), proposal, path))
                .or(proposal::time);
        String time = fields.containsKey("time")
                ? answer(
                        "format of the time",
                        timeFormat,
                        sent.flatMap(TimeGuess::of).orElse(""))
                : "";
        if (fields.containsKey("time") && time.isEmpty()) {
            throw new Refused("in which format is the time"
                    + sent.map(text -> " " + PayloadText.shown(text)).orElse("")
                    + "? (--time-format FORMAT, such as dd/MM/uuuu; --field time= leaves it out)");
        }
        Optional<List<String>> check = SampleScan.find(document.node(), spelled)
                .filter(path -> kind.equals("quote") || path.size() == 1)
                .filter(_ -> document.kind() == PayloadKind.JSON);
        if (kind.equals("quote")
                && check.isEmpty()
                && SampleScan.isFirstOfSeveral(document.node(), fields.getOrDefault("price", List.of()))) {
            throw new Refused(
                    "the price is that of the first of several items, whatever the symbol is; write the mapping by"
                            + " hand, with 'where' or 'pick'");
        }
        return new Drafted(
                new ProviderDraft(
                        own,
                        called,
                        kind,
                        document.kind(),
                        document.csv(),
                        spelled,
                        span,
                        found,
                        proposal,
                        fields,
                        time,
                        check),
                body);
    }

    private int write(ConfigResult.Loaded loaded, Drafted drafted) throws Refused {
        ProviderDraft draft = drafted.draft();
        Path file = out != null
                ? context.workingDirectory().resolve(out)
                : loaded.config()
                        .updates()
                        .findFolder()
                        .orElse(context.home().resolve("providers"))
                        .resolve(draft.id() + ".json");
        try {
            SequencedMap<String, Object> earlier =
                    Files.exists(file) && !force ? earlier(file, draft) : new LinkedHashMap<>();
            String text = ProviderDraft.text(
                    earlier.isEmpty() ? draft.descriptor() : DescriptorAddition.added(earlier, draft.descriptor()));
            var check = ResponseCheck.ofDescriptor(
                    String.valueOf(file.getFileName()),
                    text.getBytes(StandardCharsets.UTF_8),
                    context.clock().instant());
            FileReplacement.replace(file, text);
            context.out()
                    .println(
                            (earlier.isEmpty() ? "wrote " : "added to ") + file.getFileName() + ": " + check.summary());
            var tried = check.queries()
                    .about(
                            Operation.valueOf(draft.operation().toUpperCase(Locale.ROOT)),
                            draft.symbol().toUpperCase(Locale.ROOT),
                            Optional.empty());
            if (tried.isEmpty()) {
                context.out().println("not tried: '" + draft.symbol() + "' is no symbol; correct 'symbols'");
                return ExitCode.FAILURE;
            }
            if (tried.getFirst() instanceof MarketQuery.OfInstrument about) {
                context.out()
                        .println("symbol: " + draft.symbol() + " is "
                                + about.instrument().unified() + " ("
                                + about.instrument().type().wire() + ")");
            }
            return DataLines.print(check.read(tried, 200, drafted.sample()), context.out());
        } catch (IllegalArgumentException e) {
            throw new Refused("the answers make no descriptor: " + e.getMessage());
        } catch (IOException e) {
            throw new Refused(file + " cannot be written: " + e.getMessage());
        }
    }

    /** A descriptor to which the operation can be added. */
    private static SequencedMap<String, Object> earlier(Path file, ProviderDraft draft) throws Refused {
        try {
            SequencedMap<String, Object> descriptor = DescriptorAddition.read(SmallFile.readBytes(file, SAMPLE));
            if (DescriptorAddition.has(descriptor, draft.operation())) {
                throw new Refused(file + " has " + draft.operation() + " already; --force replaces the file");
            }
            if (!draft.address().base().equals(descriptor.get("base_url"))) {
                throw new Refused(
                        file + " has another base_url than " + draft.address().base() + "; --force replaces the file");
            }
            return descriptor;
        } catch (UnreadableFile e) {
            throw new Refused(file + " cannot be used: it " + e.reason());
        } catch (MalformedPayload e) {
            throw new Refused(file + " is no descriptor: " + e.getMessage() + "; --force replaces it");
        }
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
                return SmallFile.readBytes(context.workingDirectory().resolve(file), SAMPLE);
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
                    : SampleScan.text(document, proposal, found)
                            .map(text -> " " + PayloadText.shown(text))
                            .orElse("");
            String path = answer(field + shown, given.get(field), String.join(".", found));
            if (path.equals(String.join(".", found)) && !found.isEmpty()) {
                fields.put(field, found);
            } else if (!path.isEmpty() && !path.equals("-")) {
                fields.put(field, List.of(path.split("\\.")));
            }
        }
        for (String field : names.equals(SampleScan.QUOTE_FIELDS) ? List.of("price") : names.subList(0, 5)) {
            if (!fields.containsKey(field)) {
                throw new Refused("where is the field '" + field + "'? (--field " + field + "=PATH)");
            }
        }
        return fields;
    }
}
