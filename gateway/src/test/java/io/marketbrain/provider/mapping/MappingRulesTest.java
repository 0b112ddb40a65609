package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of mappings, on bodies in each of the forms that providers use. */
@SuppressWarnings("InlineFormatString")
class MappingRulesTest {
    private static final String DESCRIPTOR = """
            {
              "id": "acme", "name": "Acme", "exchange": "Acme", "base_url": "https://acme.example",
              "asset_types": ["crypto"], "zone": "UTC",
              "operations": ["%s"], "intervals": ["1d"],
              "limits": {"candles_per_call": 100, "candle_paging": "none", "trades_per_call": 100},
              "symbols": {"separator": "-", "quotes": ["USD"]},
              "mapping": {
                "errors": [{"path": "error.code", "equals": ["7"], "failure": "throttled"},
                  {"path": "note", "contains": ["not found"], "failure": "unknown_instrument"}],
                "%s": %s
              }
            }
            """;

    private static final String CANDLES = """
            {"request": {"path": "/c/{symbol}"},
             "response": {"rows": %s, "fields": {"time": %s, "open": "%s", "high": "%s", "low": "%s", "close": "%s"}}}
            """;

    private static Outcome<QueryResult> fetch(String operation, String mapping, MarketQuery query, String body) {
        byte[] content = DESCRIPTOR.formatted(operation, operation, mapping).getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = DescriptorReader.read("acme.json", content);
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (_, _) ->
                Outcome.success(new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private static CandlesQuery candles() {
        return new CandlesQuery(new ProviderId("acme"), Instrument.crypto("BTC", "USD"), Interval.D1, null, null, 10);
    }

    private static Object data(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<QueryResult>) outcome).value().data();
    }

    private static Failure failure(Outcome<QueryResult> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<QueryResult>) outcome).failure();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'path': ''} | {'path': '0', 'format': 'millis'} | 1 | 2 | 3 | 4 | [[1767312000000,1.50,2,1,'1.75']]",
                "{'path': 'a.b'} | {'path': 't', 'format': 'seconds'} | o | h | l | c | {'a':{'b':[{'t':1767312000,'o':1.50,'h':2,'l':1,'c':1.75}]}}",
                "{'path': '', 'shape': 'columns'} | {'path': 't', 'format': 'seconds'} | o | h | l | c | {'t':[1767312000],'o':[1.50],'h':[2],'l':[1],'c':[1.75],'s':'ok'}",
                "{'path': ['Time Series'], 'shape': 'map'} | {'path': '@key', 'format': 'date'} | o | h | l | c | {'Time Series':{'2026-01-02':{'o':'1.50','h':2,'l':1,'c':1.75}}}",
                "{'path': 'r'} | {'path': 't', 'format': 'iso'} | o | h | l | c | {'r':[{'t':'2026-01-02T01:00:00+01:00','o':1.50,'h':2,'l':1,'c':1.75}]}",
                "{'path': 'r'} | {'path': 't', 'format': 'dd.MM.uuuu HH:mm', 'zone': 'Europe/Berlin'} | o | h | l | c | {'r':[{'t':'02.01.2026 01:00','o':1.50,'h':2,'l':1,'c':1.75}]}",
                "{'path': 'r'} | {'path': 't', 'format': 'nanos'} | o | h | l | c | {'r':[{'t':'1767312000000000000','o':1.50,'h':2,'l':1,'c':1.75}]}",
            })
    void candles_are_read_in_every_shape(
            String rows, String time, String open, String high, String low, String close, String body) {
        String mapping = CANDLES.formatted(rows, time, open, high, low, close).replace('\'', '"');
        var found = (Candles) data(fetch("candles", mapping, candles(), body.replace('\'', '"')));
        assertThat(found.candles())
                .containsExactly(new Candle(
                        Instant.parse("2026-01-02T00:00:00Z"),
                        new BigDecimal("1.50"),
                        new BigDecimal("2"),
                        new BigDecimal("1"),
                        new BigDecimal("1.75"),
                        null,
                        null,
                        null,
                        true));
    }

    @Test
    void numbers_are_multiplied_exactly_and_words_are_translated() {
        String mapping = """
                {"request": {"path": "/t/{symbol}"},
                 "response": {"rows": {"path": ""}, "fields": {
                   "time": {"path": "t", "format": "micros"}, "price": {"path": "p", "factor": "0.01"},
                   "size": "s", "id": "i", "side": {"path": "d", "values": {"B": "buy", "S": "sell"}}}}}
                """;
        var query = new TradesQuery(new ProviderId("acme"), Instrument.crypto("BTC", "USD"), 5, null);
        String body = "[{\"t\":1767312000000000,\"p\":123456789012345678901,\"s\":\"1e-3\",\"i\":7,\"d\":\"S\"}]";
        assertThat(((Trades) data(fetch("trades", mapping, query, body))).trades())
                .containsExactly(new Trade(
                        "7",
                        Instant.parse("2026-01-02T00:00:00Z"),
                        new BigDecimal("1234567890123456789.01"),
                        new BigDecimal("0.001"),
                        Side.SELL));
        assertThat(failure(fetch("trades", mapping, query, body.replace("\"S\"", "\"X\""))))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void errors_are_recognised_by_what_is_in_the_body() {
        String mapping = CANDLES.formatted("{\"path\": \"\"}", "{\"path\": \"0\", \"format\": \"millis\"}", 1, 2, 3, 4);
        assertThat(failure(fetch("candles", mapping, candles(), "{\"error\":{\"code\":7}}")))
                .isInstanceOf(Failure.Throttled.class);
        assertThat(failure(fetch("candles", mapping, candles(), "{\"note\":\"symbol not found\"}")))
                .isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(failure(fetch("candles", mapping, candles(), "{\"note\":\"hello\"}")))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void lists_of_different_lengths_side_by_side_are_malformed() {
        String mapping = CANDLES.formatted(
                "{\"path\": \"\", \"shape\": \"columns\"}",
                "{\"path\": \"t\", \"format\": \"seconds\"}",
                "o",
                "o",
                "o",
                "o");
        assertThat(failure(fetch("candles", mapping, candles(), "{\"t\":[1767312000,1767398400],\"o\":[1]}")))
                .isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/c/{symbol} | /c/{symbool} | 'path' may name only these values",
                "'rows' | 'rowz' | the key 'rows' is missing",
                "'format': 'millis' | 'format': 'eons??' | must be seconds, millis",
                "'shape': 'list' | 'shape': 'tree' | must be one of list, columns, map, one",
                "'low': '3', | 'low': '3', 'lo': '3', | unknown key 'lo'; did you mean 'low'?",
                "'low': '3', | '' : '', | the key 'low' is missing",
                "'path': '', | 'path': '', 'each': 'in', 'each_shape': 'one', | 'each_shape' must be list or map",
                "'path': '', | 'path': '', 'members': ['a'], | 'members' are for the shape map",
                "'rows': | 'forms': [{'pattern': '[0-9'}], 'rows': | 'pattern' must be a regular expression",
            })
    void a_wrong_rule_is_refused_with_its_place(String right, String wrong, String reason) {
        String mapping = """
                {'request': {'path': '/c/{symbol}'},
                 'response': {'rows': {'path': '', 'shape': 'list'},
                  'fields': {'time': {'path': '0', 'format': 'millis'},
                   'open': '1', 'high': '2', 'low': '3', 'close': '4'}}}
                """.replace(right, wrong).replace('\'', '"');
        assertThatThrownBy(() -> fetch("candles", mapping, candles(), "[]"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageMatching("(?s)acme.json:\\d+:\\d+: .*")
                .hasMessageContaining(reason);
    }

    @Test
    void the_newest_row_is_the_quote_wherever_it_is() {
        String mapping = """
                {"request": {"path": "/q/{symbol}"},
                 "response": {"rows": {"path": ""}, "pick": "newest", "fields": {"price": "p"%s}}}
                """;
        var query = new QuoteQuery(new ProviderId("acme"), Instrument.crypto("BTC", "USD"), null);
        String time = ", \"time\": {\"path\": \"t\", \"format\": \"seconds\"}";
        Outcome<QueryResult> found = fetch(
                "quote",
                mapping.formatted(time),
                query,
                "[{\"p\": 7, \"t\": 60}, {\"p\": 9, \"t\": 120}, {\"p\": 8, \"t\": 90}]");
        assertThat(((Quote) data(found)).price()).isEqualByComparingTo("9");

        assertThatThrownBy(() -> fetch("quote", mapping.formatted(""), query, "[]"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("cannot be 'newest' without the field 'time'");
    }
}
