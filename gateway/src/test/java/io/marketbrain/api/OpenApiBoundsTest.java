package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.alerts.AlertEndpoints;
import io.marketbrain.api.candles.CandleEndpoint;
import io.marketbrain.api.candles.CandleFormat;
import io.marketbrain.api.candles.CsvTime;
import io.marketbrain.api.conversion.ConvertEndpoint;
import io.marketbrain.api.endpoints.DataEndpoints;
import io.marketbrain.api.endpoints.SymbolEndpoint;
import io.marketbrain.api.request.ApiConfig;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.InstrumentType;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.pipeline.cache.tier.SharedTier;
import io.marketbrain.stream.StreamConfig;
import io.marketbrain.telemetry.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bounds, enums and defaults of the API description are those of the code: neither changes without the other. */
class OpenApiBoundsTest {
    private static final ApiConfig CONFIG = ApiConfig.defaults();

    /** Parameters whose values name something; a valid name of nothing is 404. */
    private static final Set<String> NAMES_OF_OTHERS = Set.of("provider", "from", "to");

    private final ContractDocument contract = new ContractDocument();

    /** Calls {@code use} with each parameter, after {@code operationId name}. */
    private void eachParameter(BiConsumer<String, JsonNode> use) {
        for (PrefilledRequest request : PrefilledRequest.all(contract)) {
            String id = request.description().get("operationId").asString();
            for (JsonNode reference : request.description().path("parameters")) {
                JsonNode parameter = contract.resolved(reference);
                use.accept(id + " " + parameter.get("name").asString(), parameter);
            }
        }
    }

    private static String range(Object min, Object max, Object otherwise) {
        return min + " to " + max + ", else " + otherwise;
    }

    private static BigDecimal seconds(Duration duration) {
        return new BigDecimal(
                BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString());
    }

    @Test
    void ranges_and_defaults_of_numbers_are_those_of_the_code() {
        var expected = new TreeMap<String, String>();
        for (String operation :
                List.of("quote", "quotes", "candles", "candles_batch", "book", "trades", "series", "news", "convert")) {
            expected.put(
                    operation + " timeout",
                    range(
                            seconds(ApiConfig.TIMEOUT.least()),
                            seconds(ApiConfig.TIMEOUT.most()),
                            seconds(CONFIG.timeout())));
        }
        expected.put("candles limit", range(1, CONFIG.maxCandles(), CandleEndpoint.DEFAULT_LIMIT));
        expected.put("candles_batch limit", range(1, CONFIG.maxCandles(), CandleEndpoint.DEFAULT_LIMIT));
        expected.put("book depth", range(1, DataEndpoints.MAX_DEPTH, DataEndpoints.DEFAULT_DEPTH));
        expected.put("trades limit", range(1, DataEndpoints.MAX_TRADES, DataEndpoints.DEFAULT_TRADES));
        expected.put("series limit", range(1, DataEndpoints.MAX_OBSERVATIONS, DataEndpoints.DEFAULT_OBSERVATIONS));
        expected.put("news limit", range(1, DataEndpoints.MAX_NEWS, DataEndpoints.DEFAULT_NEWS));
        expected.put("symbols limit", range(1, SymbolEndpoint.MAX_LIMIT, SymbolEndpoint.DEFAULT_LIMIT));
        expected.put("alertLog limit", range(1, AlertEndpoints.MAX_LOG, AlertEndpoints.DEFAULT_LOG));
        expected.put("convert digits", range(1, ConvertEndpoint.MAX_DIGITS, ConvertEndpoint.DEFAULT_DIGITS));
        var described = new TreeMap<String, String>();
        eachParameter((name, parameter) -> {
            JsonNode schema = parameter.get("schema");
            if (List.of("integer", "number").contains(schema.path("type").asString(""))) {
                described.put(name, range(schema.get("minimum"), schema.get("maximum"), schema.get("default")));
            }
        });
        assertThat(described).isEqualTo(expected);
    }

    @Test
    void lengths_are_those_of_the_code() {
        var expected = new TreeMap<String, Integer>();
        for (String operation : List.of("quote", "candles", "book", "trades", "purgeCache")) {
            expected.put(operation + " symbol", SymbolResolver.MAX_LENGTH);
        }
        for (String operation :
                List.of("quote", "candles", "book", "trades", "series", "news", "purgeCache", "symbols", "convert")) {
            expected.put(operation + " provider", ProviderId.MAX_LENGTH);
        }
        expected.put("series id", SymbolResolver.MAX_ID_LENGTH);
        expected.put("symbols q", SymbolResolver.MAX_LENGTH);
        expected.put("convert from", IdentifierText.CODE.maxLength());
        expected.put("convert to", IdentifierText.CODE.maxLength());
        expected.put("alertLog alert", AlertEndpoints.MAX_ID);
        expected.put("news q", DataEndpoints.MAX_TEXT);
        expected.put("quotes symbols", CONFIG.maxBatch());
        expected.put("candles_batch symbols", CONFIG.maxBatch());
        expected.put("warmCache symbols", CONFIG.maxBatch());
        expected.put("stream symbols", StreamConfig.defaults().maxSubscriptions());
        var described = new TreeMap<String, Integer>();
        eachParameter((name, parameter) -> {
            JsonNode schema = parameter.get("schema");
            for (String bound : List.of("maxLength", "maxItems")) {
                if (schema.has(bound)) {
                    described.put(name, schema.get(bound).asInt());
                }
            }
        });
        assertThat(described).isEqualTo(expected);
    }

    @Test
    void the_pattern_of_a_provider_is_the_rule_of_the_code() {
        String pattern = contract.document()
                .at("/components/parameters/provider/schema/pattern")
                .asString();
        for (String id : List.of("a", "A-1_b", "binance", "1a", "-", "", "a b", "é", "a".repeat(32), "a".repeat(33))) {
            assertThat(id.matches(pattern)).as(id).isEqualTo(ProviderId.isValid(id.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void the_valid_years_of_an_instant_are_those_of_the_code() {
        String first = "from " + Parameters.EARLIEST.toString().substring(0, 4);
        String last = " to " + Parameters.LATEST.toString().substring(0, 4);
        JsonNode parameters = contract.document().at("/components/parameters");
        assertThat(parameters.at("/from/description").asString()).contains(first + last);
        assertThat(parameters.at("/at/description").asString()).contains(first + " to now");
    }

    @Test
    void enums_are_those_of_the_code() {
        Map<String, List<String>> expected = Map.of(
                "/components/schemas/Adjustment", wires(Adjustment.values(), Adjustment::wire),
                "/components/schemas/Interval", wires(Interval.values(), Interval::wire),
                "/components/schemas/AssetType", wires(AssetType.values(), AssetType::wire),
                "/components/schemas/Mode", wires(Mode.values(), Mode::wire),
                "/components/schemas/Freshness", wires(Freshness.values(), Freshness::wire),
                "/components/schemas/Capability",
                        wires(Operation.requestable().toArray(Operation[]::new), Operation::wire),
                "/components/schemas/RedisState", wires(SharedTier.State.values(), SharedTier.State::wire),
                "/components/schemas/Metric/properties/kind", wires(Metric.Kind.values(), Metric.Kind::wire),
                "/components/schemas/Provider/properties/quota/items/properties/counts",
                        wires(RateLimit.Counts.values(), counts -> counts.name().toLowerCase(Locale.ROOT)));
        expected.forEach(
                (pointer, values) -> assertThat(texts(contract.document().at(pointer + "/enum")))
                        .as(pointer)
                        .containsExactlyInAnyOrderElementsOf(values));
        eachParameter((name, parameter) -> {
            JsonNode schema = contract.resolved(parameter.get("schema"));
            if (name.equals("candles format")) {
                assertThat(texts(schema.get("enum")))
                        .isEqualTo(wires(
                                CandleFormat.values(), format -> format.name().toLowerCase(Locale.ROOT)));
            } else if (name.endsWith(" time_format")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(wires(CsvTime.values(), CsvTime::wire));
            } else if (name.equals("candles_batch format")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(List.of("json", "csv", "excel"));
            } else if (name.endsWith(" format")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(List.of("json", "csv"));
            } else if (name.endsWith(" allow")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(List.of("untrusted"));
            } else if (name.equals("symbols type")) {
                assertThat(texts(schema.get("enum")))
                        .isEqualTo(List.of(InstrumentType.names().split(", ", -1)));
            } else if (name.equals("convert rounding")) {
                assertThat(texts(schema.get("enum")))
                        .isEqualTo(Stream.of(RoundingMode.values())
                                .filter(mode -> mode != RoundingMode.UNNECESSARY)
                                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                .toList());
            } else if (name.endsWith(" adjustment")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(wires(Adjustment.values(), Adjustment::wire));
            } else if (name.endsWith(" interval")) {
                assertThat(texts(schema.get("enum"))).isEqualTo(wires(Interval.values(), Interval::wire));
                assertThat(parameter.at("/schema/default").asString())
                        .isEqualTo(CandleEndpoint.DEFAULT_INTERVAL.wire());
            } else {
                assertThat(schema.has("enum")).as(name).isFalse();
            }
        });
    }

    private static <T> List<String> wires(T[] values, Function<T, String> wire) {
        return Arrays.stream(values).map(wire).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    /** Tests the API itself: values inside the bounds are accepted, values just outside are rejected. */
    @Test
    void described_bounds_are_the_bounds_that_are_enforced() {
        try (var fixture = new ApiFixture(ApiFixture.SAMPLES)) {
            int tried = 0;
            for (PrefilledRequest request : PrefilledRequest.all(contract)) {
                for (JsonNode reference : request.description().path("parameters")) {
                    JsonNode parameter = contract.resolved(reference);
                    if (parameter.get("in").asString().equals("query")) {
                        String name = parameter.get("name").asString();
                        JsonNode schema = contract.resolved(parameter.get("schema"));
                        for (String value : inside(schema)) {
                            assertThat(status(fixture, request, name, value))
                                    .as(request.target() + " " + name + "=" + value)
                                    .matches(status -> (status >= 200 && status < 300)
                                            || (status == 404 && NAMES_OF_OTHERS.contains(name)));
                            tried++;
                        }
                        for (String value : outside(schema)) {
                            assertThat(status(fixture, request, name, value))
                                    .as(request.target() + " " + name + "=" + value)
                                    .isEqualTo(422);
                            tried++;
                        }
                    }
                }
            }
            assertThat(tried).isGreaterThan(60);
        }
    }

    private static int status(ApiFixture fixture, PrefilledRequest request, String name, String value) {
        String path = request.target()
                .replaceAll("\\?.*", "")
                .replace("/binance/", "/exchange/")
                .replace("/mock", "/exchange");
        fixture.warming = Optional.of((queries, call) -> Outcome.success(queries.size()));
        var query = new StringBuilder(name).append('=').append(value);
        if ((path.endsWith("quotes") || path.endsWith("/candles")) && !name.equals("symbols")) {
            query.append("&symbols=exchange:BTCUSDT");
        }
        if (path.endsWith("convert")) {
            query.append(name.equals("from") ? "" : "&from=BTC").append(name.equals("to") ? "" : "&to=USDT");
        }
        return fixture.client.send(request.method(), path + "?" + query).status();
    }

    private static List<String> inside(JsonNode schema) {
        var values = new ArrayList<String>();
        if (schema.has("minimum")) {
            values.add(schema.get("minimum").asString());
            values.add(schema.get("maximum").asString());
        }
        if (schema.has("enum")) {
            values.addAll(texts(schema.get("enum")));
        }
        if (schema.has("maxLength")) {
            values.add("x".repeat(schema.get("maxLength").asInt()));
        }
        if (schema.has("maxItems")) {
            values.add("exchange:BTCUSDT");
            values.add(symbols(schema.get("maxItems").asInt()));
        }
        if (schema.path("type").asString("").equals("boolean")) {
            values.addAll(List.of("true", "false"));
        }
        return values;
    }

    private static List<String> outside(JsonNode schema) {
        var values = new ArrayList<String>();
        if (schema.has("minimum")) {
            BigDecimal step =
                    schema.get("type").asString().equals("integer") ? BigDecimal.ONE : new BigDecimal("0.001");
            values.add(schema.get("minimum").decimalValue().subtract(step).toPlainString());
            values.add(schema.get("maximum").decimalValue().add(step).toPlainString());
        }
        if (schema.has("enum")) {
            values.add("none");
        }
        if (schema.has("maxLength")) {
            values.add("x".repeat(schema.get("maxLength").asInt() + 1));
        }
        if (schema.has("maxItems")) {
            values.add("");
            values.add(symbols(schema.get("maxItems").asInt() + 1));
        }
        if (schema.path("type").asString("").equals("boolean")) {
            values.add("yes");
        }
        return values;
    }

    private static String symbols(int count) {
        return String.join(",", Collections.nCopies(count, "exchange:BTCUSDT"));
    }

    @Test
    void a_described_default_means_the_same_as_no_value() {
        var asked = new CopyOnWriteArrayList<MarketQuery>();
        try (var fixture = new ApiFixture((query, call) -> {
            asked.add(query);
            return Outcome.success(ApiSamples.answer(query));
        })) {
            for (PrefilledRequest request : PrefilledRequest.all(contract)) {
                boolean isOfTrades = request.target().contains("/trades/"); // of which fewer will do without a limit
                if (request.target().startsWith("/api/v1/") && request.target().contains("timeout=") && !isOfTrades) {
                    String target = request.target()
                            .replace("binance", "exchange")
                            .replace("/mock", "/exchange")
                            .replace("from=EUR&to=USD", "from=BTC&to=USDT");
                    String bare = target.contains("/convert")
                            ? "/api/v1/convert?from=BTC&to=USDT"
                            : target.replaceAll("\\?(symbols=[^&]*)?.*", "?$1");
                    asked.clear();
                    fixture.client.get(target);
                    List<MarketQuery> filledIn = List.copyOf(asked);
                    asked.clear();
                    fixture.client.get(bare);
                    assertThat(filledIn).as(target).isNotEmpty().containsExactlyInAnyOrderElementsOf(asked);
                }
            }
        }
    }
}
