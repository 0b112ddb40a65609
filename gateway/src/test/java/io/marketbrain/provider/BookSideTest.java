package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BookSideTest {
    @Test
    void orders_at_one_price_are_one_level() throws MalformedPayload {
        JsonValue rows = rows("[['100.1','1.5','a-1'],['100.0','2','a-3'],['100.10','0.5','a-2']]");
        assertThat(BookSide.bids(rows, 10)).containsExactly(level("100.1", "2.0"), level("100.0", "2"));
        assertThat(BookSide.asks(rows, 1)).containsExactly(level("100.0", "2"));
    }

    @Test
    void many_orders_at_the_best_price_are_one_level() throws MalformedPayload {
        String orders = IntStream.range(0, 500)
                .mapToObj(i -> "['" + (i % 2 == 0 ? "7" : 8 + i) + "','1','id']")
                .toList()
                .toString();
        assertThat(BookSide.asks(rows(orders), 1)).containsExactly(level("7", "250"));
    }

    @Test
    void levels_are_not_added_up() throws MalformedPayload {
        JsonValue rows = rows("[['100.1','1.5',3],['100.1','0.5',1]]");
        assertThat(BookSide.bids(rows, 10)).containsExactly(level("100.1", "1.5"), level("100.1", "0.5"));
    }

    private static JsonValue rows(String json) throws MalformedPayload {
        return JsonValue.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Level level(String price, String size) {
        return new Level(new BigDecimal(price), new BigDecimal(size));
    }
}
