package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedWaitTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-04T12:00:00Z");
    private static final QuoteQuery QUERY =
            new QuoteQuery(new ProviderId("acme"), Instrument.crypto("BTC", "USD"), null);

    private static RawPayload response(int status, @Nullable String retryAfter, @Nullable String date) {
        Map<String, String> headers = new HashMap<>();
        if (retryAfter != null) {
            headers.put("retry-after", retryAfter);
        }
        if (date != null) {
            headers.put("date", date);
        }
        return new RawPayload(status, headers, new byte[0], RECEIVED);
    }

    private static @Nullable Duration wait(int status, @Nullable String retryAfter, @Nullable String date) {
        Failure failure = HttpStatusFailures.find(QUERY, response(status, retryAfter, date))
                .orElseThrow();
        return ((Failure.Throttled) failure).retryAfter();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "7                             | 7",
                "1.5                           | 1.5",
                "1.0004                        | 1.001",
                "0                             | 1",
                "0.2                           | 1",
                "604800                        | 604800",
                "604801                        | 604800",
                "99999999999999999999          | 604800",
                "999999999999999999999999999999999999999999 | 604800",
                "1e3                           | -",
                "1e999999999                   | -",
                "-5                            | -",
                "+5                            | -",
                "1.                            | -",
                "0x10                          | -",
                "٥                             | -",
                "soon                          | -",
                "7 seconds                     | -"
            })
    void a_delay_in_seconds_is_read_within_bounds(String retryAfter, @Nullable String seconds) {
        assertThat(wait(429, retryAfter, null))
                .isEqualTo(
                        seconds == null
                                ? null
                                : Duration.ofNanos(new BigDecimal(seconds)
                                        .movePointRight(9)
                                        .longValueExact()));
    }

    @Test
    void an_instant_is_measured_by_the_date_of_the_response() {
        // The gateway's clock is three minutes ahead, or a year behind.
        assertThat(wait(429, "Wed, 04 Mar 2026 11:58:30 GMT", "Wed, 04 Mar 2026 11:57:00 GMT"))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(wait(429, "Thu, 04 Mar 2027 12:01:30 GMT", "Thu, 04 Mar 2027 12:00:00 GMT"))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void an_instant_that_the_provider_sees_as_past_is_the_shortest_wait() {
        assertThat(wait(429, "Wed, 04 Mar 2026 12:00:00 GMT", "Wed, 04 Mar 2026 12:03:00 GMT"))
                .isEqualTo(RequestedWait.SHORTEST);
    }

    @Test
    void without_a_date_an_instant_is_measured_by_the_gateways_clock_unless_it_is_past() {
        assertThat(wait(429, "Wed, 04 Mar 2026 12:00:30 GMT", null)).isEqualTo(Duration.ofSeconds(30));
        assertThat(wait(429, "Wed, 04 Mar 2026 11:59:00 GMT", null)).isNull();
        assertThat(wait(429, "Wed, 04 Mar 2026 12:00:30 GMT", "yesterday")).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 04 Mar 2286 12:00:00 GMT", "1772625600000000", "99999999999"})
    void an_absurd_instant_is_the_longest_wait(String retryAfter) {
        assertThat(wait(429, retryAfter, "Wed, 04 Mar 2026 12:00:00 GMT")).isEqualTo(RequestedWait.LONGEST);
    }

    @Test
    void a_number_that_no_delay_has_is_an_instant() {
        long end = RECEIVED.plusSeconds(45).getEpochSecond();
        assertThat(wait(429, Long.toString(end), "Wed, 04 Mar 2026 12:00:00 GMT"))
                .isEqualTo(Duration.ofSeconds(45));
        assertThat(wait(429, end + "000", "Wed, 04 Mar 2026 12:00:00 GMT")).isEqualTo(Duration.ofSeconds(45));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"- | 120", "0 | 120", "30 | 120", "121 | 121", "Wed, 04 Mar 2026 11:00:00 GMT | 120", "-5 | 120"})
    void a_ban_has_a_shortest_wait(@Nullable String retryAfter, long seconds) {
        assertThat(wait(418, retryAfter, null)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
