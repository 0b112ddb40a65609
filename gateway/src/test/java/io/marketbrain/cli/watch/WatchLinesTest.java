package io.marketbrain.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WatchLinesTest {
    private final WatchLines lines = new WatchLines();

    private List<String> rows() {
        String shown = lines.shown();
        assertThat(shown).startsWith("\u001b[?7l").endsWith("\u001b[?7h");
        return Pattern.compile("\n")
                .splitAsStream(shown.substring(5, shown.length() - 5))
                .peek(row -> assertThat(row).startsWith("\r\u001b[2K"))
                .map(row -> row.substring(5))
                .toList();
    }

    private void status(String symbol, String state, String reason) throws Exception {
        String[] parts = symbol.split(":", 2);
        lines.add(
                "status",
                "{\"provider\":\"" + parts[0] + "\",\"instrument\":\"" + parts[1]
                        + "\",\"transport\":\"websocket\",\"state\":\"" + state + "\",\"reason\":\"" + reason + "\"}");
    }

    @Test
    void symbols_are_in_the_order_of_their_names_below_the_heads() throws Exception {
        status("kraken:ETH/EUR", "up", "");
        status("binance:BTC/USDT", "up", "");
        assertThat(lines.count()).isEqualTo(3);
        assertThat(rows()).hasSize(3);
        assertThat(rows().get(0)).startsWith("symbol").contains("price", "bid", "ask", "source", "time", "volume");
        assertThat(rows().get(1)).startsWith("binance:BTC/USDT ");
        assertThat(rows().get(2)).startsWith("kraken:ETH/EUR ");
    }

    @Test
    void prices_and_their_source_are_within_80_columns_in_the_columns_of_their_heads() throws Exception {
        status("binance:BTC/USDT", "up", "");
        lines.add("quote", """
                {"provider":"binance","instrument":"BTC/USDT","at":"2026-11-29T19:13:24.664Z","price":"66719.47",\
                "bid":"66708.59","ask":"66719.48","volume":"45652.89775"}""");
        String row = rows().get(1);
        assertThat(row.substring(0, 80)).contains(" 66719.47 ", " 66708.59 ", " 66719.48 ", " websocket ");
        assertThat(row).endsWith("45652.89775").contains("2026-11-29T19:13:24.664Z");
        for (String head : List.of("source", "time", "volume")) {
            assertThat(row.charAt(rows().get(0).indexOf(head)))
                    .as(head)
                    .isEqualTo(
                            switch (head) {
                                case "source" -> 'w';
                                case "time" -> '2';
                                default -> '4';
                            });
        }
    }

    @Test
    void prices_in_pence_say_so() throws Exception {
        lines.add("quote", """
                {"provider":"yahoo","instrument":"VOD@XLON","at":"T","price":"220.28","currency":"GBP","price_unit":"GBp"}""");
        lines.add("quote", """
                {"provider":"yahoo","instrument":"AAPL","at":"T","price":"144.11","currency":"USD","price_unit":"USD"}""");
        assertThat(rows().get(1)).startsWith("yahoo:AAPL  ");
        assertThat(rows().get(2)).startsWith("yahoo:VOD@XLON (GBp) ").contains(" 220.28");
    }

    @Test
    void what_is_wrong_is_beside_the_last_price_until_the_feed_is_up_again() throws Exception {
        lines.add("quote", "{\"provider\":\"binance\",\"instrument\":\"BTC/USDT\",\"at\":\"T\",\"price\":\"1.5\"}");
        status("binance:BTC/USDT", "down", "the connection broke");
        assertThat(rows().get(1)).contains(" 1.5 ").endsWith("down: the connection broke");
        status("binance:BTC/USDT", "up", "");
        assertThat(rows().get(1)).doesNotContain("broke").endsWith("T");
    }
}
