package io.marketbrain.cli.providers;

import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.CsvReader;
import io.marketbrain.payload.JsonPayloadNode;
import io.marketbrain.payload.PayloadNode;
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
            "Asks for what is not given and proposes where the fields are; an empty answer takes the proposal. With --yes it asks",
            "nothing. The sample is a file, or is downloaded from its address with one call. A key in the address is not stored.",
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

    @Option(names = "--force", description = "Replace a file that exists.")
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
        PayloadKind format = formatOf(body);
        PayloadNode document = format == PayloadKind.JSON
                ? new JsonPayloadNode(JsonValue.parse(body))
                : CsvReader.read(body, CsvFormat.USUAL, PayloadLimits.defaults());
        SampleScan.Proposal proposal = kind.equals("quote")
                ? SampleScan.quote(document)
                : SampleScan.candles(document)
                        .orElseThrow(() -> new Refused("no candles were recognised; write the mapping by hand"));
        SequencedMap<String, List<String>> fields =
                fields(kind.equals("quote") ? SampleScan.QUOTE_FIELDS : SampleScan.CANDLE_FIELDS, proposal);
        String guess = proposal.time().flatMap(TimeGuess::of).orElse("");
        String time = fields.containsKey("time") ? answer("format of the time", timeFormat, guess) : "";
        if (fields.containsKey("time") && time.isEmpty()) {
            fields.remove("time");
        }
        return new Drafted(
                new ProviderDraft(
                        own,
                        called,
                        kind,
                        format,
                        spelled,
                        span,
                        found,
                        proposal,
                        fields,
                        time,
                        check(document, spelled)),
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
        if (Files.exists(file) && !force) {
            throw new Refused(file + " exists; --force replaces it");
        }
        String text = draft.text();
        try {
            var check = ResponseCheck.ofDescriptor(
                    String.valueOf(file.getFileName()),
                    text.getBytes(StandardCharsets.UTF_8),
                    context.clock().instant());
            FileReplacement.replace(file, text);
            context.out().println("wrote " + file.getFileName() + ": " + check.summary());
            var tried = check.queries()
                    .about(
                            Operation.valueOf(draft.operation().toUpperCase(Locale.ROOT)),
                            draft.symbol().toUpperCase(Locale.ROOT),
                            Optional.empty());
            if (tried.isEmpty()) {
                context.out().println("not tried: '" + draft.symbol() + "' is no symbol; correct 'symbols'");
                return ExitCode.FAILURE;
            }
            return DataLines.print(check.read(tried, 200, drafted.sample()), context.out());
        } catch (IllegalArgumentException e) {
            throw new Refused("the answers make no descriptor: " + e.getMessage());
        } catch (IOException e) {
            throw new Refused(file + " cannot be written: " + e.getMessage());
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

    private static PayloadKind formatOf(byte[] body) throws Refused {
        String start = new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8).strip();
        if (start.startsWith("<")) {
            throw new Refused("the sample is XML or HTML; write the mapping by hand");
        }
        return start.startsWith("{") || start.startsWith("[") ? PayloadKind.JSON : PayloadKind.CSV;
    }

    private SequencedMap<String, List<String>> fields(List<String> names, SampleScan.Proposal proposal) throws Refused {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String field : names) {
            List<String> found = proposal.fields().getOrDefault(field, List.of());
            String path = answer(field, given.get(field), String.join(".", found));
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

    /** The member of the document that is the symbol. */
    private static Optional<String> check(PayloadNode document, String symbol) {
        try {
            for (Map.Entry<String, PayloadNode> member : document.members().entrySet()) {
                boolean isText =
                        !member.getValue().isList() && !member.getValue().isNull();
                if (isText && isSymbol(member.getValue(), symbol)) {
                    return Optional.of(member.getKey());
                }
            }
        } catch (MalformedPayload e) {
            // A list: there is nothing to check beside its rows.
        }
        return Optional.empty();
    }

    private static boolean isSymbol(PayloadNode node, String symbol) {
        try {
            return !symbol.isEmpty() && node.text().equals(symbol);
        } catch (MalformedPayload e) {
            return false;
        }
    }
}
