package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedLocationTest {
    private static final String DOCUMENTED = "wss://feed.test:9443/stream";

    private static FeedLocation location(String api, String own) {
        return new FeedLocation(
                DOCUMENTED,
                Optional.ofNullable(api).map(URI::create),
                Optional.ofNullable(own).map(URI::create));
    }

    @ParameterizedTest
    @CsvSource({
        ",, wss://feed.test:9443/stream",
        "https://api.test/v1,, wss://api.test/stream",
        "http://127.0.0.1:80,, ws://127.0.0.1:80/stream",
        "https://api.test, wss://own.test, wss://own.test/stream",
        "https://api.test, wss://own.test/, wss://own.test/stream",
        ", ws://own.test:81/path, ws://own.test:81/path",
        ", WS://own.test, ws://own.test/stream",
    })
    void the_address_of_the_feed_precedes_that_of_the_api_and_that_the_documented_one(
            String api, String own, String expected) {
        assertThat(location(api, own).url()).isEqualTo(expected);
    }

    @Test
    void an_address_that_the_provider_names_is_moved_by_the_address_of_the_feed_only() {
        String named = "wss://named.test/endpoint?token=a%3D&b=c";
        assertThat(location("https://api.test", null).named(named)).isEqualTo(named);
        assertThat(location(null, "ws://own.test:81").named(named))
                .isEqualTo("ws://own.test:81/endpoint?token=a%3D&b=c");
        assertThat(location(null, "ws://own.test/path").named(named)).isEqualTo("ws://own.test/path?token=a%3D&b=c");
    }
}
