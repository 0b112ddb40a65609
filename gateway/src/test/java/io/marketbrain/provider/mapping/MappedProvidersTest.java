package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that are a descriptor and nothing else, on recorded bodies. */
class MappedProvidersTest {
    private final List<ProviderRequest> requests = new ArrayList<>();

    private Outcome<QueryResult> fetch(MarketQuery query, int status, byte[] body) {
        Descriptor descriptor = DescriptorReader.builtIn(query.provider().value());
        var module = new ProviderModule(
                descriptor, MappedAdapter.of(descriptor, descriptor.mapping().orElseThrow()));
        Transport transport = (request, _) -> {
            requests.add(request);
            return Outcome.success(new RawPayload(status, Map.of(), body, Instant.EPOCH));
        };
        return new ProviderSource(module, Mode.LIVE, transport).fetch(query, TestCalls.patient());
    }

    private Outcome<QueryResult> fetch(MarketQuery query, String body) {
        return fetch(query, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    private static QuoteQuery quote(String provider, String base, String quote) {
        return new QuoteQuery(new ProviderId(provider), new Instrument(AssetType.FX, base, quote, null, null), null);
    }

    private static SeriesQuery series(
            String provider, String id, @Nullable String from, @Nullable String to, int limit) {
        return new SeriesQuery(
                new ProviderId(provider),
                id,
                from == null ? null : Instant.parse(from + "T00:00:00Z"),
                to == null ? null : Instant.parse(to + "T00:00:00Z"),
                limit);
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
    @CsvSource({
        "ecb, daily--xrc, EUR, USD, 0.9764, 2022-10-03T12:10:00Z",
        "ecb, daily--xrc, EUR, JPY, 141.49, 2022-10-03T12:10:00Z",
        "ecb, eurofxref--ruby-daily, EUR, USD, 1.1790, 2018-06-11T12:10:00Z",
        "boc, fx_boc--2026-03-19, USD, CAD, 1.3706, 2026-03-18T20:30:00Z",
        "boc, fx_boc--2026-03-19, TRY, CAD, 0.03100, 2026-03-18T20:30:00Z",
        "nbp, fx_nbp--2026-04-26~2, PAB, PLN, 3.6770, 2026-03-04T11:15:00Z",
        "nbp, fx_nbp--2026-04-26~2, MGA, PLN, 0.000881, 2026-03-04T11:15:00Z",
        "cnb, latest--exchanger-cnb_today, EUR, CZK, 27.035, 2016-04-05T12:30:00Z",
        "cnb, latest--exchanger-cnb_today, JPY, CZK, 0.21487, 2016-04-05T12:30:00Z",
        "cnb, latest--exchanger-cnb_today, IDR, CZK, 0.001798, 2016-04-05T12:30:00Z",
        "frankfurter, latest--EUR, EUR, USD, 1.0495, 2024-11-25T13:10:00Z",
    })
    void a_recorded_rate_arrives_with_every_digit_and_its_time(
            String provider, String recording, String base, String quote, String price, Instant asOf) {
        var found = (Quote) data(fetch(
                quote(provider, base, quote),
                200,
                Recording.of(provider, recording).body()));
        assertThat(found.price()).isEqualTo(new BigDecimal(price));
        assertThat(found.asOf()).isEqualTo(asOf);
        assertThat(found.listing().instrument().unified()).isEqualTo(base + "/" + quote);
    }

    @ParameterizedTest
    @CsvSource({
        "ecb, daily--xrc, EUR, VES",
        "boc, fx_boc--2026-03-19, VES, CAD",
        "nbp, fx_nbp--2026-04-26~2, USD, PLN",
        "cnb, latest--exchanger-cnb_today, VES, CZK",
    })
    void a_currency_that_a_table_lacks_is_an_unknown_instrument(
            String provider, String recording, String base, String quote) {
        byte[] body = Recording.of(provider, recording).body();
        assertThat(failure(fetch(quote(provider, base, quote), 200, body)))
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecb", "boc", "nbp", "cnb", "frankfurter"})
    void documents_of_another_shape_are_never_data(String provider) {
        String base = provider.equals("ecb") || provider.equals("frankfurter") ? "EUR" : "USD";
        Map<String, String> against =
                Map.of("ecb", "USD", "boc", "CAD", "nbp", "PLN", "cnb", "CZK", "frankfurter", "USD");
        for (String body : List.of(
                "",
                "null",
                "{}",
                "42",
                "\"x\"",
                "true",
                "[]",
                "[[]]",
                "[null]",
                "[{}]",
                "{\"a\":[]}",
                "<a/>",
                "<html>",
                "<Envelope/>",
                "<Envelope><Cube/></Envelope>",
                "a,b\n1,2\n")) {
            assertThat(failure(fetch(quote(provider, base, against.get(provider)), body)))
                    .as(body)
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void a_series_is_in_order_within_its_range_and_limit() {
        byte[] body = Recording.of("ecb", "fx_ecb_historical--2026-03-19").body();
        var latest = (Series) data(fetch(series("ecb", "EURAUD", null, null, 3), 200, body));
        assertThat(latest.observations())
                .hasSize(3)
                .isSortedAccordingTo(java.util.Comparator.comparing(Observation::time));
        var first = (Series) data(fetch(series("ecb", "EURAUD", "2025-01-03", "2025-01-08", 2), 200, body));
        assertThat(first.observations())
                .containsExactly(
                        new Observation(Instant.parse("2025-01-03T00:00:00Z"), new BigDecimal("1.6556")),
                        new Observation(Instant.parse("2025-01-06T00:00:00Z"), new BigDecimal("1.6555")));
        assertThat(first.unit()).isEqualTo("AUD");
        assertThat(requests.getFirst().parameters()).containsEntry("lastNObservations", "3");
        assertThat(requests.getLast().path()).isEqualTo("/service/data/EXR/D.AUD.EUR.SP00.A");
        assertThat(requests.getLast().parameters())
                .containsEntry("startPeriod", "2025-01-03")
                .containsEntry("endPeriod", "2025-01-07");
    }

    @Test
    void a_map_by_date_is_a_series() {
        byte[] body = Recording.of("frankfurter", "series--EUR").body();
        var found = (Series) data(fetch(series("frankfurter", "EURUSD", "2024-11-20", null, 100), 200, body));
        assertThat(found.observations()).hasSize(4);
        assertThat(found.observations().getLast())
                .isEqualTo(new Observation(Instant.parse("2024-11-25T00:00:00Z"), new BigDecimal("1.0495")));
        assertThat(requests.getLast().path()).isEqualTo("/v1/2024-11-20..");
    }

    @Test
    void an_id_that_is_no_pair_is_an_unknown_instrument_and_nothing_is_sent() {
        assertThat(failure(fetch(series("frankfurter", "CPI", null, null, 5), "{}")))
                .isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(failure(fetch(series("nbp", "USDPLN", "2026-01-01", null, 5), "{}")))
                .isInstanceOf(Failure.Unsupported.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void documented_errors_are_recognised() {
        byte[] body = Recording.of("frankfurter", "error--not-found-404").body();
        assertThat(failure(fetch(quote("frankfurter", "EUR", "VES"), 404, body)))
                .isInstanceOf(Failure.UnknownInstrument.class);
        assertThat(failure(fetch(quote("nbp", "USD", "PLN"), 400, "400 BadRequest".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Failure.Unsupported.class);
    }

    @Test
    void another_base_than_requested_is_untrusted() {
        String body = "{\"amount\":1.0,\"base\":\"EUR\",\"date\":\"2024-11-25\",\"rates\":{\"USD\":1.0495}}";
        assertThat(failure(fetch(quote("frankfurter", "GBP", "USD"), body))).isInstanceOf(Failure.Untrusted.class);
    }
}
