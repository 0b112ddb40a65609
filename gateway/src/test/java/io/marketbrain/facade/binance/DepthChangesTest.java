package io.marketbrain.facade.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonOutput;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.provider.feed.FeedJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The changes of a depth stream, for clients that begin with any book of the REST API. */
class DepthChangesTest {
    private static final String SYMBOL = "BTCUSDT";

    private final RecentDepths sent = new RecentDepths();
    private final DepthChanges changes = new DepthChanges(SYMBOL, sent);

    private JsonValue message(long updateId, String bid) throws MalformedPayload {
        var out = new JsonOutput();
        out.startObject();
        changes.write(out, 1000, updateId, FeedJson.parse("{\"bids\":[[\"" + bid + "\",\"1\"]],\"asks\":[]}"));
        out.endObject();
        return FeedJson.parse(new String(out.finish(), StandardCharsets.UTF_8));
    }

    private boolean send(long updateId, String bid) {
        var listing = new Listing(Instrument.crypto("BTC", "USDT"), SYMBOL, "Binance", "UTC", "USDT");
        var level = new Level(new BigDecimal(bid), BigDecimal.ONE);
        return sent.add(SYMBOL, updateId, new OrderBook(listing, List.of(level), List.of(), null, null));
    }

    private static List<String> bids(JsonValue message) throws MalformedPayload {
        return message.at("b").items().stream().map(level -> level.toString()).toList();
    }

    @Test
    void a_level_that_only_a_sent_book_has_is_removed() throws MalformedPayload {
        message(10, "5");
        assertThat(send(15, "7")).isTrue();
        assertThat(bids(message(20, "6"))).hasSize(3);
    }

    @Test
    void a_book_from_before_the_last_change_is_replaced_and_what_it_had_is_removed() throws MalformedPayload {
        message(10, "5");
        message(20, "6");
        assertThat(send(15, "7")).as("a cache had it").isFalse();
        assertThat(bids(message(30, "6"))).as("6 again, and 7 is gone").hasSize(2);
    }
}
