package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSuggestionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pirce|brain quote",
                "price|brain quote",
                "qoute|brain quote",
                "cand|brain candles",
                "candels|brain candles",
                "ohlc|brain candles",
                "trade|brain trades",
                "orderbook|brain book",
                "prov|brain providers",
                "sevre|brain serve",
                "healt|brain health",
                "quote binance BTCUSDT --fromat json|--format",
                "candles binance BTCUSDT --form 2024|--format or --from",
                "keys creat bob|brain keys create",
            })
    void names_what_was_probably_meant(String line, String meant) {
        BrainRun run = BrainRun.of(folder, line.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean: " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fundamentals", "x", "banana"})
    void suggests_nothing_far_away(String word) {
        BrainRun run = BrainRun.of(folder, word);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("Did you mean");
    }
}
