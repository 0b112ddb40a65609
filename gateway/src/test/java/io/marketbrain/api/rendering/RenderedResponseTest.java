package io.marketbrain.api.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ApiSamples;
import io.marketbrain.api.ContractDocument;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.QueryResult;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RenderedResponseTest {
    private static final CacheStatus HIT =
            CacheHeadersTest.note(CacheStatus.Tier.L1, CacheStatus.Forward.NONE, 1, 59, 0, false, false);

    private static QueryResult answer(String base, CacheStatus note) {
        var quote = ApiSamples.quote(Instrument.crypto(base, "USDT"), "1.50");
        return new QueryResult(quote, ApiSamples.provenance(), note);
    }

    @Test
    void hits_of_one_entry_share_their_bytes() {
        assertThat(RenderedResponse.of(answer("BTC", HIT)).open())
                .isSameAs(RenderedResponse.of(answer("BTC", HIT)).open());
    }

    @Test
    void responses_without_a_cache_never_share_bytes() {
        String btc = text(RenderedResponse.of(answer("BTC", CacheStatus.NONE)));
        String eth = text(RenderedResponse.of(answer("ETH", CacheStatus.NONE)));
        assertThat(btc).contains("\"symbol\":\"BTC\"");
        assertThat(eth).contains("\"symbol\":\"ETH\"");
    }

    @Test
    void a_result_rendered_while_fresh_is_marked_stale_later() {
        CacheStatus entry =
                CacheHeadersTest.note(CacheStatus.Tier.L1, CacheStatus.Forward.NONE, 1, 59, 0, false, false);
        QueryResult fresh = answer("BTC", entry);
        QueryResult stale = fresh.with(fresh.provenance().withFreshness(Freshness.STALE));
        assertThat(text(RenderedResponse.of(fresh))).contains("\"freshness\":\"fresh\"");
        assertThat(text(RenderedResponse.of(stale))).contains("\"freshness\":\"stale\"");
        assertThat(text(RenderedResponse.of(fresh))).contains("\"freshness\":\"fresh\"");
    }

    @Test
    void what_each_caller_gets_alone_stands_at_the_end() {
        Response reply = RenderedResponse.of(answer("BTC", HIT)).reply(new CallId("a.b-c"), 12, null);
        assertThat(new String(reply.bytes(), StandardCharsets.UTF_8))
                .endsWith("],\"response_time\":0.000012,\"call_id\":\"a.b-c\"}");
        assertThat(ContractDocument.JSON
                        .readTree(reply.bytes())
                        .get("response_time")
                        .decimalValue())
                .isEqualByComparingTo("0.000012");
    }

    private static String text(RenderedResponse ready) {
        return new String(ready.open(), StandardCharsets.UTF_8);
    }
}
