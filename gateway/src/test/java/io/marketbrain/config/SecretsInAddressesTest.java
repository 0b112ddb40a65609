package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys inside addresses: never in a message about a refused setting, nor where accepted settings are displayed. */
class SecretsInAddressesTest {
    private static final String KEY = "Pk7Zq93mWvB2xT5sLd8Rf1Ny";

    @TempDir
    Path folder;

    private String shown(Map<String, String> environment) {
        var inputs = new ConfigInputs(Map.of(), Map.of(), environment, folder, folder, Optional.empty());
        return switch (ConfigLoader.load(inputs, Descriptors.builtIn())) {
            case ConfigResult.Loaded loaded -> {
                var shown = new StringBuilder("loaded ").append(loaded.hints());
                loaded.settings().forEach(setting -> shown.append(setting).append('\n'));
                yield shown.toString();
            }
            case ConfigResult.Refused refused -> "refused " + refused.problems() + refused.hints();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h/?apikey=KEY",
                "http://h?apikey=KEY",
                "http://h/v1?a=b&apikey=KEY",
                "http://h/v1/KEY",
                "http://h/KEY/v1",
                "http://h/v1;token=KEY",
                "http://h/#KEY",
                "http://user:KEY@h/",
                "http://KEY@h/",
                "ftp://user:KEY@h/",
                "http://user:KEY@h/?apikey=KEY",
                "http:/h?apikey=KEY",
                "http:h?apikey=KEY",
                "h?apikey=KEY",
                "//h/?apikey=KEY",
                "//user:KEY@h/",
                "user:KEY@h",
                "http://h/ ?apikey=KEY",
                "http://h/\n?apikey=KEY",
                "http://h:port/?apikey=KEY",
                "http://[::1/?apikey=KEY",
                "https://h\\?apikey=KEY",
                "http://h/%3Fapikey=KEY",
                "HTTP://H/?APIKEY=KEY",
                "http://user:KEY?x@h/",
                "http://user:KEY%40x@h/",
                "http://user:KEY#x@h/",
                "user:KEY/x@h",
            })
    void a_key_in_an_address_is_never_shown(String address) {
        for (String name : new String[] {"BINANCE_BASE_URL", "KRAKEN_BASE_URL", "REDIS_URL"}) {
            String shown = shown(Map.of(name, address.replace("KEY", KEY)));
            assertThat(shown).as(name).doesNotContain(KEY);
            assertThat(shown).matches("(?s)(loaded|refused) .*");
        }
    }
}
