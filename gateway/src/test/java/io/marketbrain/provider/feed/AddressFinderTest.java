package io.marketbrain.provider.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFinderTest {
    private static final ProviderId PROVIDER = new ProviderId("played");
    private static final String DOCUMENTED = "wss://feed.test/path";

    /** A finder for a provider that responds so when it is asked for an address. */
    private static AddressFinder finder(boolean asks, Outcome<byte[]> response, Optional<URI> own) {
        var context = new FeedContext(
                PROVIDER,
                Mode.LIVE,
                new ScriptedFeed(false, asks),
                (address, _) -> new FakeFeedSocket(address),
                (_, _) -> {},
                _ -> response,
                InstantSource.system(),
                System::nanoTime,
                new Random(1));
        return new AddressFinder(context, new FeedLocation(DOCUMENTED, Optional.empty(), own));
    }

    private static Outcome<byte[]> named(String address) {
        return Outcome.success(address.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_provider_that_need_not_be_asked_is_at_its_documented_address() throws Exception {
        assertThat(finder(false, named("never"), Optional.empty()).find())
                .isEqualTo(new FeedAddress(DOCUMENTED, ScriptedFeed.HEARTBEAT));
    }

    @Test
    void the_address_and_the_heartbeat_are_those_that_the_provider_names() throws Exception {
        assertThat(finder(true, named("wss://named.test/?token=x"), Optional.empty())
                        .find())
                .isEqualTo(new FeedAddress("wss://named.test/?token=x", Duration.ofSeconds(5)));
        assertThat(finder(true, named("wss://named.test/?token=x"), Optional.of(URI.create("ws://own.test")))
                        .find())
                .isEqualTo(new FeedAddress("ws://own.test/?token=x", Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "named.test", "https://named.test", "wss://named.test/?token=secret|secret", "file:/secret"})
    void what_is_no_address_is_malformed_and_not_repeated(String address) {
        assertThatThrownBy(() -> finder(true, named(address), Optional.empty()).find())
                .isInstanceOf(MalformedPayload.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_request_that_fails_breaks_the_feed_with_its_reason() {
        Outcome<byte[]> failed = Outcome.failed(new Failure.Unreachable(PROVIDER, "no route"));
        assertThatThrownBy(() -> finder(true, failed, Optional.empty()).find())
                .isInstanceOf(FeedBroken.class)
                .hasMessageContaining("no route");
    }
}
