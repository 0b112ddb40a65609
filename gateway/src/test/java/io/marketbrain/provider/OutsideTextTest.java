package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.kraken.KrakenAdapter;
import io.marketbrain.provider.mapping.MappedAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts in payloads that could mislead, run or fill the memory do not become market data. */
class OutsideTextTest {
    private static final List<String> HARMFUL = List.of(
            "",
            "=cmd|' /C calc'!A0",
            "+1",
            "BTC\\r\\nX-Evil: 1",
            "\\u202eCTB",
            "BTC\\u200b",
            "B C",
            "X".repeat(200),
            "\\u0000",
            "<script>");

    private static final String BINANCE_PAIR = "{\"symbol\":\"%s\",\"baseAsset\":\"%s\",\"quoteAsset\":\"%s\"}";
    private static final String COINBASE_PAIR = "{\"id\":\"%s\",\"base_currency\":\"%s\",\"quote_currency\":\"%s\"}";
    private static final String KRAKEN_PAIR = "\"%1$s\":{\"altname\":\"%1$s\",\"base\":\"%2$s\",\"quote\":\"%3$s\"}";

    private record Provided(ProviderAdapter adapter, Descriptor descriptor, String list, String pair, String trades) {}

    private static Provided provided(String id) {
        Descriptor descriptor = DescriptorReader.builtIn(id);
        return switch (id) {
            case "binance" ->
                new Provided(
                        new BinanceAdapter(descriptor),
                        descriptor,
                        "{\"symbols\":[%s]}",
                        BINANCE_PAIR,
                        "[{\"id\":\"%s\",\"price\":\"1\",\"qty\":\"1\",\"time\":1700000000000,\"isBuyerMaker\":true}]");
            case "coinbase" ->
                new Provided(
                        MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()),
                        descriptor,
                        "[%s]",
                        COINBASE_PAIR,
                        "[{\"trade_id\":\"%s\",\"price\":\"1\",\"size\":\"1\",\"time\":\"2024-01-01T00:00:00Z\",\"side\":\"buy\"}]");
            default ->
                new Provided(
                        new KrakenAdapter(descriptor),
                        descriptor,
                        "{\"error\":[],\"result\":{%s}}",
                        KRAKEN_PAIR,
                        "{\"error\":[],\"result\":{\"XXBTZUSD\":[[\"1\",\"1\",1700000000,\"b\",\"m\",\"\",\"%s\"]],\"last\":\"1\"}}");
        };
    }

    static Stream<Arguments> harmful() {
        return Stream.of("binance", "coinbase", "kraken")
                .flatMap(id -> HARMFUL.stream().map(text -> Arguments.of(id, text)));
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void a_listed_symbol_with_a_harmful_text_is_left_out_and_counted(String id, String text) {
        Provided provider = provided(id);
        List<String> pairs = new ArrayList<>();
        pairs.add(provider.pair().formatted("GOODUSD", "GOOD", "USD"));
        pairs.add(provider.pair().formatted("BADBASE", text, "USD"));
        pairs.add(provider.pair().formatted("BADQUOTE", "BTC", text));
        pairs.add(provider.pair().formatted(text, "BTC", "USD"));
        var list = (Symbols) data(fetch(
                provider,
                new SymbolsQuery(provider.descriptor().id()),
                provider.list().formatted(String.join(",", pairs))));
        assertThat(list.symbols()).containsExactly(new ListedSymbol("GOODUSD", Instrument.crypto("GOOD", "USD")));
        assertThat(list.rejected()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void a_list_with_nothing_valid_in_it_is_malformed(String id, String text) {
        Provided provider = provided(id);
        String body = provider.list().formatted(provider.pair().formatted("BADBASE", text, "USD"));
        assertMalformed(fetch(provider, new SymbolsQuery(provider.descriptor().id()), body));
    }

    static Stream<Arguments> badIds() {
        return Stream.of("binance", "coinbase", "kraken")
                .flatMap(id -> Stream.of(
                                "", "1\\r\\n2", "\\u202e1", "1 2", "1\\u0000", "7".repeat(257), "8".repeat(60_000))
                        .map(text -> Arguments.of(id, text)));
    }

    @ParameterizedTest
    @MethodSource("badIds")
    void trades_with_an_id_that_is_none_are_malformed(String id, String text) {
        Provided provider = provided(id);
        Instrument instrument = Instrument.crypto("BTC", "USD");
        var query = new TradesQuery(provider.descriptor().id(), instrument, 10, null);
        assertMalformed(fetch(provider, query, provider.trades().formatted(text)));
        var good = (Trades) data(fetch(provider, query, provider.trades().formatted("12345")));
        assertThat(good.trades().getFirst().id()).isEqualTo("12345");
    }

    @Test
    void what_is_malformed_is_said_without_quoting_it() {
        Provided provider = provided("binance");
        var query = new TradesQuery(provider.descriptor().id(), Instrument.crypto("BTC", "USD"), 10, null);
        var failed = (Outcome.Failed<QueryResult>)
                fetch(provider, query, provider.trades().formatted("evil\\u202e1"));
        assertThat(failed.failure().message()).contains("$[0].id", "U+202E").doesNotContain("evil");
    }

    private static Outcome<QueryResult> fetch(Provided provider, MarketQuery query, String body) {
        Transport transport = (_, _) ->
                Outcome.success(new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        var module = new ProviderModule(provider.descriptor(), provider.adapter());
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private static Object data(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    private static void assertMalformed(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed<QueryResult>) outcome).failure()).isInstanceOf(Failure.Malformed.class);
    }
}
