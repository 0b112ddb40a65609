package io.marketbrain.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.cli.BrainRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bash script, asked for completions by a real bash. */
class BashCompletionTest {
    @TempDir
    static Path folder;

    /** The words that bash offers for the last word of a line. */
    private static List<String> complete(String line) throws Exception {
        Path script = folder.resolve("completion.bash");
        if (!Files.exists(script)) {
            Files.writeString(script, BrainRun.of(folder, "completion", "bash").out());
        }
        String words = line.endsWith(" ") ? line.strip() + " ''" : line;
        Process bash = new ProcessBuilder("bash", "--norc", "-uc", """
                source "$1"
                eval "COMP_WORDS=($2)"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _brain
                printf '%s\\n' "${COMPREPLY[@]-}"
                """, "bash", script.toString(), words)
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().filter(word -> !word.isEmpty()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "brain cand|candles",
                "brain boo|book",
                "brain candles kuc|kucoin",
                "brain quote kra|kraken",
                "brain candles --interval 1h kr|kraken",
                "brain --set a=b candles kr|kraken",
                "brain candles binance BTCUSDT --inter|--interval",
                "brain candles binance BTCUSDT --format nd|ndjson",
                "brain candles binance BTCUSDT --format = nd|ndjson",
                "brain keys cre|create",
                "brain keys create bob --sc|--scope",
                "brain keys create bob --scope ad|admin",
                "brain completion z|zsh",
                "brain help cand|candles",
            })
    void completes_a_unique_beginning(String line, String word) throws Exception {
        assertThat(complete(line)).containsExactly(word);
    }

    @Test
    void offers_everything_that_may_follow() throws Exception {
        assertThat(complete("brain ")).contains("serve", "quote", "candles", "news", "doctor", "completion", "help");
        assertThat(complete("brain quote ")).contains("auto", "binance", "coinbase", "kraken", "mock");
        assertThat(complete("brain candles binance BTCUSDT --interval "))
                .contains("1m", "1h", "1d", "1M")
                .hasSize(18);
        assertThat(complete("brain --")).contains("--port", "--config", "--set", "--help");
        assertThat(complete("brain candles --")).contains("--from", "--to", "--tz", "--format", "--limit");
    }

    @Test
    void scripts_for_the_other_shells_name_the_same_words() {
        assertThat(BrainRun.of(folder, "completion", "zsh").out()).contains("bashcompinit", "candles", "kraken");
        assertThat(BrainRun.of(folder, "completion", "fish").out())
                .contains("complete -c brain", "-l interval", "binance");
        BrainRun unknown = BrainRun.of(folder, "completion", "ksh");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("'ksh' is not one of bash, zsh, fish");
    }
}
