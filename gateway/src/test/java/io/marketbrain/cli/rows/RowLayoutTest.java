package io.marketbrain.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
    @Test
    void found_securities_have_their_isin_and_what_became_of_them() throws MalformedPayload {
        JsonValue found = JsonValue.parse("""
                {"symbols": [{
                  "instrument": "TWTR@XNYS", "symbol": "TWTR", "asset_type": "stock", "currency": "USD", "mic": "XNYS",
                  "expiry": null, "name": "Twitter", "known_from": "list",
                  "providers": [
                    {"provider": "alphavantage", "symbol": "TWTR", "status": "delisted", "delisted_on": "2022-10-28"},
                    {"provider": "eodhd", "symbol": "TWTR.US", "isin": "US90184L1026", "status": "delisted", "delisted_on": "2022-10-28"},
                    {"provider": "tiingo", "symbol": "twtr"}
                  ]}]}
                """.getBytes(StandardCharsets.UTF_8));
        List<List<String>> rows = new ArrayList<>();
        RowLayout.SYMBOLS.reader().read(found, rows::add);
        assertThat(rows)
                .containsExactly(List.of(
                        "TWTR@XNYS",
                        "TWTR",
                        "stock",
                        "USD",
                        "XNYS",
                        "",
                        "Twitter",
                        "list",
                        "US90184L1026",
                        "delisted",
                        "2022-10-28",
                        "alphavantage:TWTR eodhd:TWTR.US tiingo:twtr"));
    }
}
