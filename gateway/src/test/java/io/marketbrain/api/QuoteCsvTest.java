package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotes as CSV, singly and in batches. */
class QuoteCsvTest {
    private static final String PATH = "/api/v1/data/exchange/BTCUSDT";
    private static final String HEAD =
            "symbol,instrument,price,currency,bid,bid_size,ask,ask_size,open,high,low,volume,quote_volume,as_of,freshness,source";

    private final ApiFixture fixture = new ApiFixture(ApiFixture.SAMPLES);
    private final ContractClient client = fixture.client;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_quote_is_csv_by_its_format_or_accept() {
        for (var answer : List.of(client.get(PATH + "?format=csv"), client.get(PATH, "Accept", "text/csv"))) {
            assertThat(answer.header("Content-Type")).startsWith("text/csv");
            assertThat(answer.header("Vary")).contains("Accept");
            List<String> lines = answer.text().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).isEqualTo(HEAD);
            assertThat(lines.get(1)).startsWith("BTC,BTC/USDT,50123.45,USDT,").endsWith(",fresh,exchange");
            assertThat(lines.get(1).chars().filter(c -> c == ',').count()).isEqualTo(15);
        }
    }

    @Test
    void json_stays_the_default_and_the_weights_of_accept_count() {
        for (String accept : List.of("*/*", "text/html, */*", "text/csv;q=0.5, application/json")) {
            assertThat(client.get(PATH, "Accept", accept).header("Content-Type"))
                    .isEqualTo("application/json");
        }
        assertThat(client.get(PATH + "?format=json", "Accept", "text/csv").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(client.get(PATH + "?format=xml").status()).isEqualTo(422);
    }

    @Test
    void a_batch_has_a_row_for_each_quote_and_counts_the_failed_ones() {
        var answer = client.get("/api/v1/quotes?symbols=exchange:ETHUSDT,nowhere:X,exchange:BTCUSDT&format=csv");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).isEqualTo(HEAD);
        assertThat(lines.get(2)).startsWith("BTC,BTC/USDT,");
        assertThat(answer.header("X-Failed")).isEqualTo("1");
    }

    @Test
    void an_error_is_a_problem_document_in_any_format() {
        assertThat(client.get("/api/v1/data/nowhere/X?format=csv").header("Content-Type"))
                .isEqualTo("application/problem+json");
    }
}
