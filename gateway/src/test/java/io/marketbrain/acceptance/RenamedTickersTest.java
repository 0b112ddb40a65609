package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.PlaybackServer;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tickers that were renamed or delisted are explained, never replaced. */
class RenamedTickersTest {
    private static final PlaybackServer.Answer NO_SUCH_PAIR =
            PlaybackServer.status(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");

    @TempDir
    Path folder;

    private TestGateway with(PlaybackServer provider, String id) {
        return TestGateway.live(folder, id, provider, id.toUpperCase(Locale.ROOT) + "_API_KEY", "planted");
    }

    @Test
    void a_coin_that_was_replaced_is_unknown_and_its_successor_a_candidate() {
        try (PlaybackServer exchange = PlaybackServer.start().otherwise(NO_SUCH_PAIR);
                var gateway = TestGateway.live(folder, "binance", exchange)) {
            var answer = gateway.get("/api/v1/data/binance/MATICUSDT");
            assertThat(answer.status()).isEqualTo(404);
            JsonNode problem = answer.json();
            assertThat(problem.get("error").asString())
                    .contains("MATIC was replaced by POL on 2024-09-04; did you mean POL/USDT?");
            assertThat(problem.at("/candidates/0").asString()).isEqualTo("POL/USDT");
            assertThat(exchange.asked())
                    .extracting(asked -> asked.parameters().get("symbol"))
                    .doesNotContain("POLUSDT");
        }
    }

    @Test
    void a_stock_that_was_delisted_is_explained() {
        try (PlaybackServer provider = PlaybackServer.start().otherwise(PlaybackServer.status(404, "{}"));
                var gateway = with(provider, "tiingo")) {
            JsonNode gone = gateway.get("/api/v1/data/tiingo/TWTR").json();
            assertThat(gone.get("error").asString()).contains("TWTR was delisted on 2022-10-28");
            assertThat(gone.get("candidates")).isEmpty();
            JsonNode renamed = gateway.get("/api/v1/data/tiingo/ANTM").json();
            assertThat(renamed.get("error").asString())
                    .contains("ANTM was renamed ELV on 2022-06-28; did you mean ELV?");
            JsonNode never = gateway.get("/api/v1/data/tiingo/ZZZZZ").json();
            assertThat(never.get("error").asString()).endsWith("has no instrument 'ZZZZZ'");
        }
    }

    @Test
    void a_ticker_in_use_again_is_served_and_is_not_explained_away_where_it_is_unknown() {
        String row = """
                [{"ticker":"FB","timestamp":"2026-06-01T20:00:00+00:00","quoteTimestamp":"2026-06-01T20:00:00+00:00",
                "lastSaleTimestamp":"2026-06-01T20:00:00+00:00","last":42.09,"lastSize":1,"tngoLast":42.09,"prevClose":42.1,
                "open":42,"high":42.2,"low":41.9,"mid":null,"volume":1028,"bidSize":null,"bidPrice":null,"askSize":null,"askPrice":null}]
                """;
        try (PlaybackServer provider = PlaybackServer.start().otherwise(PlaybackServer.json(row));
                var gateway = with(provider, "tiingo")) {
            JsonNode quote = gateway.get("/api/v1/data/tiingo/FB").json();
            assertThat(quote.at("/data/instrument").asString())
                    .as(quote.toString())
                    .isEqualTo("FB");
            assertThat(quote.toString()).doesNotContain("META");
        }
        try (PlaybackServer provider = PlaybackServer.start().otherwise(PlaybackServer.status(404, "{}"));
                var gateway = with(provider, "tiingo")) {
            JsonNode unknown = gateway.get("/api/v1/data/tiingo/FB").json();
            assertThat(unknown.get("error").asString())
                    .contains("FB was renamed META on 2022-06-09, and since 2025-06-24 it has been ProShares")
                    .doesNotContain("did you mean");
            assertThat(unknown.get("candidates")).isEmpty();
        }
    }

    @Test
    void a_search_says_what_became_of_a_ticker() {
        try (var gateway = TestGateway.with(folder)) {
            JsonNode found = gateway.get("/api/v1/symbols?q=fb").json();
            JsonNode change = found.at("/changes/0");
            assertThat(change.get("change").asString()).isEqualTo("renamed");
            assertThat(change.get("successor").asString()).isEqualTo("META");
            assertThat(change.get("on").asString()).isEqualTo("2022-06-09");
            assertThat(change.get("reused_since").asString()).isEqualTo("2025-06-24");
            assertThat(change.get("sources")).isNotEmpty();
            assertThat(gateway.get("/api/v1/symbols?q=AAPL").json().get("changes"))
                    .isEmpty();
        }
    }

    @Test
    void a_list_with_a_delisted_and_a_traded_security_of_one_symbol_names_the_traded_one() {
        String head = "symbol,name,exchange,assetType,ipoDate,delistingDate,status\n";
        PlaybackServer.Answer listed =
                PlaybackServer.json(head + "FB,ProShares S&P 500 Dynamic Buffer ETF,BATS,ETF,2025-06-24,null,Active\n");
        PlaybackServer.Answer delisted =
                PlaybackServer.json(head + "FB,Meta Platforms Inc,NASDAQ,Stock,2012-05-18,2022-06-08,Delisted\n");
        try (PlaybackServer provider = PlaybackServer.start()
                        .on(
                                "/query",
                                (asked, line) -> (asked.parameters().containsKey("state") ? delisted : listed)
                                        .send(asked, line));
                var gateway = with(provider, "alphavantage")) {
            JsonNode found = gateway.get("/api/v1/symbols?provider=alphavantage&q=FB&online=true")
                    .json();
            JsonNode at = found.at("/symbols/0/providers/0");
            assertThat(at.has("status")).as(found.toString()).isFalse();
            assertThat(at.get("reused").asBoolean()).isTrue();
            assertThat(at.get("earlier_delisted_on").asString()).isEqualTo("2022-06-08");
        }
    }
}
