package io.marketbrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Answer;
import io.marketbrain.model.CacheNote;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadyTest {
    private static final CacheNote HIT =
            CacheHeadersTest.note(CacheNote.Tier.L1, CacheNote.Forward.NONE, 1, 59, 0, false, false);

    private static Answer answer(String base, CacheNote note) {
        var quote = Samples.quote(Instrument.crypto(base, "USDT"), "1.50");
        return new Answer(quote, Samples.provenance(), note);
    }

    @Test
    void hits_of_one_entry_share_their_bytes() {
        assertThat(Ready.of(answer("BTC", HIT)).open())
                .isSameAs(Ready.of(answer("BTC", HIT)).open());
    }

    @Test
    void responses_without_a_cache_never_share_bytes() {
        String btc = text(Ready.of(answer("BTC", CacheNote.NONE)));
        String eth = text(Ready.of(answer("ETH", CacheNote.NONE)));
        assertThat(btc).contains("\"symbol\":\"BTC\"");
        assertThat(eth).contains("\"symbol\":\"ETH\"");
    }

    @Test
    void a_result_rendered_while_fresh_is_marked_stale_later() {
        CacheNote entry = CacheHeadersTest.note(CacheNote.Tier.L1, CacheNote.Forward.NONE, 1, 59, 0, false, false);
        Answer fresh = answer("BTC", entry);
        Answer stale = fresh.with(fresh.provenance().withFreshness(Freshness.STALE));
        assertThat(text(Ready.of(fresh))).contains("\"freshness\":\"fresh\"");
        assertThat(text(Ready.of(stale))).contains("\"freshness\":\"stale\"");
        assertThat(text(Ready.of(fresh))).contains("\"freshness\":\"fresh\"");
    }

    @Test
    void what_each_caller_gets_alone_stands_at_the_end() {
        Reply reply = Ready.of(answer("BTC", HIT)).reply(new CallId("a.b-c"), 12, null);
        assertThat(new String(reply.bytes(), StandardCharsets.UTF_8))
                .endsWith("],\"response_time\":0.000012,\"call_id\":\"a.b-c\"}");
        assertThat(Contract.JSON.readTree(reply.bytes()).get("response_time").decimalValue())
                .isEqualByComparingTo("0.000012");
    }

    private static String text(Ready ready) {
        return new String(ready.open(), StandardCharsets.UTF_8);
    }
}
