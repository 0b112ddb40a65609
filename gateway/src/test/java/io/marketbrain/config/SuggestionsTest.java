package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {
    private static final List<String> KEYS = List.of("server.host", "server.port", "cache.l1_max_size", "log.level");
    private static final List<String> NAMES =
            List.of("BINANCE_API_KEY", "BINANCE_API_SECRET", "REDIS_URL", "LOG_LEVEL");
    private static final Suggestions.Slips SLIPS = new Suggestions.Slips(Set.copyOf(NAMES));

    @ParameterizedTest
    @CsvSource({
        "server.prot, server.port",
        "sever.port, server.port",
        "Server.Port, server.port",
        "port, server.port",
        "l1_max_size, cache.l1_max_size",
        "cache.l1_maxsize, cache.l1_max_size",
        "log.lvl, log.level",
    })
    void names_the_nearest_key(String wrong, String nearest) {
        assertThat(Suggestions.nearest(wrong, KEYS)).contains(nearest);
    }

    @Test
    void names_nothing_where_nothing_is_near() {
        assertThat(Suggestions.nearest("quota.daily_budget", KEYS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BINANCE_APIKEY, BINANCE_API_KEY",
        "BINACE_API_KEY, BINANCE_API_KEY",
        "redis_url, REDIS_URL",
        "REDIS_URI, REDIS_URL",
        "LOGLEVEL, LOG_LEVEL",
    })
    void a_slip_of_the_finger_is_seen(String wrong, String meant) {
        assertThat(SLIPS.find(wrong)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HOME", "PATH", "KRAKEN_API_KEY", "BINANCE_US_API_KEY", "REDIS_HOST", "LOG_FORMAT", "LEVEL"})
    void other_peoples_names_are_left_alone(String name) {
        assertThat(SLIPS.find(name)).isEmpty();
    }
}
