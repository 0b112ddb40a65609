package io.marketbrain.wiring;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.files.FileRefused;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.IndentedJson;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Failure;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Priority;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.LayerStack;
import io.marketbrain.pipeline.MarketDataSource;
import io.marketbrain.pipeline.ProviderClock;
import io.marketbrain.pipeline.normalisation.NormalisationLayer;
import io.marketbrain.pipeline.quality.QualityConfig;
import io.marketbrain.pipeline.quality.QualityLayer;
import io.marketbrain.pipeline.quality.ReferencePrices;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.provider.recording.RecordedExchange;
import io.marketbrain.provider.recording.RecordingArchive;
import io.marketbrain.provider.recording.RecordingCopy;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A report of a recording: its exchanges without credentials, and what the gateway makes of each. The tests of the gateway run
 * the reports in their resources, so that a report with a corrected expectation is a regression test.
 */
public final class RecordingReport {
    /** The file with what each exchange is expected to result in. */
    public static final String EXPECTED = "expected.json";

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private RecordingReport() {}

    /**
     * What one exchange results in.
     *
     * @param name the exchange: {@code binance/api_v3_depth--BTCUSDT-20260701T000000.000Z}
     * @param request as it was recorded, without credentials
     * @param json {@code {"answer": …}} or {@code {"failure": …, "message": …}}
     */
    public record Result(String name, String request, String json) {
        private String line() {
            String head = new String(
                    JsonDocument.object(document -> document.put("case", name).put("request", request)),
                    StandardCharsets.UTF_8);
            return head.substring(0, head.length() - 1) + "," + json.substring(1);
        }
    }

    /** Writes the report of a recording into a folder that is created. */
    public static int write(Path recording, Path report, Collection<Secret> secrets)
            throws IOException, UnreadableFile {
        for (IndexedDescriptor entry : recorded(recording)) {
            RecordingCopy.copy(
                    RecordingArchive.open(recording, entry.descriptor().get()), report, secrets);
        }
        List<Result> results = run(report);
        String cases = String.join(",", results.stream().map(Result::line).toList());
        FileReplacement.replace(report.resolve(EXPECTED), IndentedJson.of("{\"cases\":[" + cases + "]}"));
        return results.size();
    }

    /**
     * What each exchange of a recording or a report results in, in the order of their times. The checks of a provider's data
     * remember earlier exchanges, as those of a gateway do; prices of other providers are not compared.
     */
    public static List<Result> run(Path folder) throws UnreadableFile {
        List<Result> results = new ArrayList<>();
        for (IndexedDescriptor entry : recorded(folder)) {
            var descriptor = entry.descriptor().get();
            Provider provider = Provider.of(BuiltInProviders.module(descriptor));
            for (RecordedExchange exchange :
                    RecordingArchive.open(folder, descriptor).all()) {
                if (exchange.query().isPresent()) {
                    results.add(new Result(
                            entry.id() + "/" + exchange.name(),
                            exchange.requestLine(),
                            json(run(provider, exchange, exchange.query().get()))));
                }
            }
        }
        return results;
    }

    /** What remains from one exchange with a provider to the next. */
    private record Provider(ProviderModule module, DriftGuard guard, ProviderClock clock, QualityLayer quality) {
        static Provider of(ProviderModule module) {
            var clock = new ProviderClock();
            return new Provider(
                    module,
                    DriftGuard.of(module.id(), new KnownSecrets(List.of()), () -> 0),
                    clock,
                    new QualityLayer(module.id(), QualityConfig.defaults(), ReferencePrices.none(), clock));
        }

        MarketDataSource source(Transport transport) {
            return new ProviderSource(module, Mode.REPLAY, transport, guard, Optional.of(clock));
        }
    }

    private static Outcome<QueryResult> run(Provider provider, RecordedExchange exchange, MarketQuery query)
            throws UnreadableFile {
        Instant at = exchange.recordedAt().orElse(Instant.EPOCH);
        var payload = exchange.payload(at, PayloadLimits.defaults());
        Transport transport = (_, _) -> Outcome.success(payload);
        var call = new Call(new CallId("report"), Caller.GATEWAY, Priority.LOW, Deadline.in(DEADLINE, () -> 0), false);
        return LayerStack.outermostFirst(provider.quality(), new NormalisationLayer(() -> at))
                .over(provider.source(transport))
                .fetch(query, call);
    }

    private static String json(Outcome<QueryResult> outcome) {
        byte[] json = switch (outcome) {
            case Outcome.Success<QueryResult>(QueryResult result)
            when result.data() instanceof MarketData.Symbols list ->
                JsonDocument.object(document -> document.child(
                        "answer",
                        answer -> answer.put("symbols", list.symbols().size()).put("rejected", list.rejected())));
            case Outcome.Success<QueryResult>(QueryResult result) ->
                JsonDocument.object(document -> document.child("answer", answer -> ResponseJson.write(answer, result)));
            case Outcome.Failed<QueryResult>(Failure failure) ->
                JsonDocument.object(
                        document -> document.put("failure", failure.code()).put("message", failure.message()));
        };
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The providers of which there are recordings in a folder. */
    private static List<IndexedDescriptor> recorded(Path folder) {
        List<IndexedDescriptor> recorded = Descriptors.builtIn().stream()
                .filter(entry -> Files.isDirectory(
                        folder.resolve("rest").resolve(entry.id().value())))
                .toList();
        if (recorded.isEmpty()) {
            throw new FileRefused(
                    folder,
                    "has no recordings of providers that the gateway knows",
                    "name a folder that was recorded with RECORD_FOLDER: it has a folder 'rest'");
        }
        return recorded;
    }
}
