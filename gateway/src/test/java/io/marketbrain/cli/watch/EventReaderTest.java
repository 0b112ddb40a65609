package io.marketbrain.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private final List<String> events = new ArrayList<>();
    private final EventReader reader = new EventReader((id, event, data) -> events.add(id + " " + event + " " + data));

    @Test
    void events_are_read_whatever_pieces_they_arrive_in() throws IOException {
        byte[] text =
                "retry: 2000\n\nid: a.1\nevent: quote\ndata: {\"price\":\"1 €\"}\n\n: heartbeat\n\nid: a.2\nevent: trade\ndata: {}\n\n"
                        .getBytes(StandardCharsets.UTF_8);
        for (byte b : text) {
            reader.write(b);
        }
        reader.write(text);
        assertThat(events)
                .containsExactly(
                        "a.1 quote {\"price\":\"1 €\"}",
                        "a.2 trade {}",
                        "a.1 quote {\"price\":\"1 €\"}",
                        "a.2 trade {}");
        assertThat(reader.lastId()).isEqualTo("a.2");
    }

    @Test
    void a_line_shows_the_latest_values_of_a_symbol_and_what_is_wrong_with_it() throws Exception {
        var lines = new WatchLines();
        String start = "{\"provider\":\"binance\",\"instrument\":\"BTC/USDT\",";
        lines.add(
                "quote",
                start
                        + "\"price\":\"5.10\",\"bid\":\"5.09\",\"ask\":null,\"volume\":\"7\",\"at\":\"2026-01-05T12:00:00Z\"}");
        lines.add("trade", start + "\"trades\":[{\"price\":\"5.11\"}],\"at\":\"2026-01-05T12:00:01Z\"}");
        assertThat(lines.shown()).contains("binance:BTC/USDT", "5.11", "5.09", "12:00:01Z");
        lines.add("status", start + "\"state\":\"down\",\"transport\":\"poll\",\"reason\":\"no connection\"}");
        assertThat(lines.shown()).contains("down: no connection");
        assertThat(lines.count()).isEqualTo(2);
    }
}
