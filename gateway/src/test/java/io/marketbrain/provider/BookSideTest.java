package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookSideTest {
    @Test
    void orders_at_one_price_are_one_level() {
        List<Level> orders = List.of(level("100.1", "1.5"), level("100.10", "0.5"), level("100.0", "2"));
        assertThat(BookSide.BIDS.bestOfOrders(orders, 10)).containsExactly(level("100.1", "2.0"), level("100.0", "2"));
        assertThat(BookSide.ASKS.bestOfOrders(orders, 10)).containsExactly(level("100.0", "2"), level("100.1", "2.0"));
        assertThat(BookSide.BIDS.bestOfOrders(orders, 1)).containsExactly(level("100.1", "2.0"));
    }

    @Test
    void levels_are_not_added_up() throws MalformedPayload {
        JsonValue rows = rows("[['100.1','1.5',3],['100.1','0.5',1]]");
        assertThat(BookSide.BIDS.best(rows, 10)).containsExactly(level("100.1", "1.5"), level("100.1", "0.5"));
    }

    private static JsonValue rows(String json) throws MalformedPayload {
        return JsonValue.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Level level(String price, String size) {
        return new Level(new BigDecimal(price), new BigDecimal(size));
    }
}
