package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction.Dividend;
import io.marketbrain.model.price.CorporateAction.Split;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mappings say about securities and derivatives: adjustments, splits and dividends, and details of quotes. */
class MappedSecuritiesTest {
    private static final String DESCRIPTOR = """
            {
              "id": "acme", "name": "Acme", "exchange": "Acme", "base_url": "https://acme.example",
              "asset_types": ["stock"], "zone": "America/New_York",
              "operations": {"candles": {"adjustment": ["splits", "raw", "all"]}, "quote": {"delay": "15m"}},
              "intervals": ["1m", "1d"],
              "limits": {"candles_per_call": 100, "candle_paging": "none"},
              "symbols": {"forms": [{"listed": {"markets": {"US": ""}}}]},
              "mapping": {
                "cases": [{"intervals": ["1m"], "candles": {
                  "request": {"path": "/m/{symbol}"},
                  "response": {
                    "rows": {"path": "rows"},
                    "fields": {"time": {"path": "t", "format": "date"}, "open": "o", "high": "h", "low": "l",
                      "close": "c"}
                  }
                }}],
                "candles": {
                  "request": {"path": "/c/{symbol}", "query": {"adjusted": "{adjustment}"},
                    "adjustments": {"raw": "false", "splits": "true"}},
                  "response": {
                    "rows": {"path": "rows"},
                    "fields": {"time": {"path": "t", "format": "date"}, "open": "o", "high": "h", "low": "l",
                      "close": "c", "dividend": {"path": "div", "optional": true},
                      "split": {"path": "split", "optional": true}},
                    "adjusted": {"all": {"close": "adj"}},
                    "actions": [
                      {"rows": {"path": "events.splits", "shape": "map", "optional": true},
                        "split": "ratio", "time": {"path": "date", "format": "seconds"}},
                      {"rows": {"path": "events.dividends", "shape": "map", "optional": true},
                        "dividend": "amount", "time": {"path": "date", "format": "seconds"}}]
                  }
                },
                "quote": {
                  "request": {"path": "/q/{symbol}"},
                  "response": {
                    "rows": {"path": "", "shape": "one"},
                    "fields": {"price": "p", "delay": {"path": "delay", "factor": "60", "optional": true},
                      "pre_price": {"path": "pre", "optional": true},
                      "pre_time": {"path": "pre_t", "format": "seconds", "optional": true},
                      "mark": {"path": "mark", "optional": true},
                      "funding_rate": {"path": "rate", "optional": true},
                      "open_interest": {"path": "oi", "optional": true}}
                  }
                }
              }
            }
            """;

    private static final ProviderId ACME = new ProviderId("acme");
    private static final Instrument APPLE = new Instrument(AssetType.STOCK, "AAPL", "USD", null, null);
    private static final String ROW =
            "{\"t\": \"2020-08-31\", \"o\": 127, \"h\": 131, \"l\": 126, \"c\": 129, \"adj\": 128}";

    private final List<String> requests = new ArrayList<>();
    private String described = DESCRIPTOR;

    private <T> T fetch(MarketQuery query, String body, Class<T> type) {
        Outcome<QueryResult> outcome = outcome(query, body);
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return type.cast(((Outcome.Success<QueryResult>) outcome).value().data());
    }

    private Outcome<QueryResult> outcome(MarketQuery query, String body) {
        Descriptor descriptor = DescriptorReader.read("acme.json", described.getBytes(StandardCharsets.UTF_8));
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (request, _) -> {
            requests.add(request.toString());
            return Outcome.success(new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Candles candles(@Nullable Adjustment adjustment, String body) {
        return fetch(new CandlesQuery(ACME, APPLE, Interval.D1, null, null, 10, adjustment), body, Candles.class);
    }

    private Quote quote(String body) {
        return fetch(new QuoteQuery(ACME, APPLE, null), body, Quote.class);
    }

    @ParameterizedTest
    @CsvSource({", true, 129, SPLITS", "SPLITS, true, 129, SPLITS", "RAW, false, 129, RAW", "ALL, all, 128, ALL"})
    void the_adjustment_selects_request_and_fields_and_is_that_of_the_candles(
            @Nullable Adjustment wanted, String sent, String close, Adjustment answered) {
        Candles candles = candles(wanted, "{\"rows\": [" + ROW + "]}");
        assertThat(requests).singleElement().asString().contains("adjusted=" + sent);
        assertThat(candles.candles().getFirst().close()).isEqualByComparingTo(close);
        assertThat(candles.adjustment()).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({", true", "SPLITS, true", "RAW, false", "ALL, false"})
    void an_adjustment_that_an_interval_lacks_is_not_answered_with_another_one(
            @Nullable Adjustment wanted, boolean offered) {
        var query = new CandlesQuery(ACME, APPLE, Interval.M1, null, null, 10, wanted);
        Outcome<QueryResult> outcome = outcome(query, "{\"rows\": [" + ROW + "]}");
        if (offered) {
            assertThat(outcome).isInstanceOf(Outcome.Success.class);
        } else {
            assertThat(((Outcome.Failed<QueryResult>) outcome).failure()).isInstanceOf(Failure.Unsupported.class);
        }
    }

    @Test
    void splits_and_dividends_are_read_from_lists_of_their_own() {
        Candles candles = candles(
                null,
                "{\"rows\": [" + ROW
                        + "], \"events\": {\"splits\": {\"1\": {\"date\": 1598880600, \"ratio\": \"4:1\"}},"
                        + " \"dividends\": {\"2\": {\"date\": 1596807000, \"amount\": 0.205}}}}");
        assertThat(candles.actions())
                .containsExactlyInAnyOrder(
                        new Split(Instant.ofEpochSecond(1598880600), BigDecimal.valueOf(4), BigDecimal.ONE),
                        new Dividend(Instant.ofEpochSecond(1596807000), new BigDecimal("0.205")));
    }

    @ParameterizedTest
    @CsvSource({"4.0, 4, 1", "0.5, 0.5, 1", "'\"7.000000/2.000000\"', 7, 2"})
    void splits_and_dividends_are_read_from_columns(String split, BigDecimal numerator, BigDecimal denominator) {
        String row = ROW.replace("}", ", \"div\": 0.82, \"split\": " + split + "}");
        Instant time = Instant.parse("2020-08-31T00:00:00Z");
        assertThat(candles(null, "{\"rows\": [" + row + "]}").actions())
                .containsExactly(new Dividend(time, new BigDecimal("0.82")), new Split(time, numerator, denominator));
    }

    @ParameterizedTest
    @CsvSource({"1.0", "0", "'\"1/1\"'", "'\"\"'", "null"})
    void columns_that_say_that_there_is_none_are_no_action(String split) {
        String row = ROW.replace("}", ", \"div\": 0.0, \"split\": " + split + "}");
        assertThat(candles(null, "{\"rows\": [" + row + "]}").actions()).isEmpty();
    }

    @Test
    void a_quote_has_the_delay_that_its_descriptor_or_response_names() {
        assertThat(quote("{\"p\": 1}").details().delay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(quote("{\"p\": 1, \"delay\": 20}").details().delay()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void a_quote_has_prices_outside_the_session_and_figures_of_derivatives() {
        var details = quote("{\"p\": 1, \"pre\": 1.5, \"pre_t\": 1700000000, \"mark\": 1.25, \"rate\": -0.0001,"
                        + " \"oi\": 12}")
                .details();
        assertThat(details.preMarket())
                .isEqualTo(new SessionPrice(new BigDecimal("1.5"), Instant.ofEpochSecond(1700000000)));
        assertThat(details.postMarket()).isNull();
        assertThat(details.mark()).isEqualByComparingTo("1.25");
        assertThat(details.fundingRate()).isEqualByComparingTo("-0.0001");
        assertThat(details.openInterest()).isEqualByComparingTo("12");
    }

    @ParameterizedTest
    @CsvSource({
        ", , 2025-11-26, 2025-11-26T21:00:00Z",
        ", , 2025-11-26 15:30:00, 2025-11-26T15:30:00Z",
        "America/New_York, 17:00, 2025-11-26 11:00:00, 2025-11-26T16:00:00Z",
        "America/New_York, 17:00, 2025-11-28, 2025-11-28T18:00:00Z",
    })
    void the_close_of_the_exchange_is_the_time_of_a_quote_of_which_only_the_day_is_written(
            @Nullable String zone, @Nullable String at, String written, Instant asOf) {
        described = quoteTimes(zone, at);
        assertThat(quote("{\"p\": 1, \"t\": \"" + written + "\"}").asOf()).isEqualTo(asOf);
    }

    private static String quoteTimes(@Nullable String zone, @Nullable String at) {
        String more = zone == null ? "" : ", \"zone\": \"" + zone + "\", \"at\": \"" + at + "\"";
        return DESCRIPTOR.replace(
                "\"price\": \"p\",",
                "\"price\": \"p\", \"time\": {\"path\": \"t\", \"format\": \"uuuu-MM-dd[ HH:mm:ss]\"" + more + "},");
    }
}
