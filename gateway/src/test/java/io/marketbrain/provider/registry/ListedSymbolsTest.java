package io.marketbrain.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.NanoClock;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderAdapter;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Recording;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.binance.BinanceAdapter;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.kraken.KrakenAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListedSymbolsTest {
    private static final byte[] US_LIST =
            Recording.of("binance", "v1_exchangeInfo--all-2019-09").body();
    private static final SymbolListConfig CONFIG = new SymbolListConfig(
            Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(20));

    private static final Descriptor BINANCE = DescriptorReader.builtIn("binance");
    private static final Descriptor KRAKEN = DescriptorReader.builtIn("kraken");

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();
    private volatile Outcome<RawPayload> answer = Outcome.success(payload(200, US_LIST));

    @Test
    void a_symbol_that_the_rules_explain_needs_no_list() {
        assertThat(symbols().parse("BTCUSDT")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USDT")));
        assertThat(symbols().parse("eth/btc")).isEqualTo(Outcome.success(Instrument.crypto("ETH", "BTC")));
        assertThat(fetches).hasValue(0);
    }

    @Test
    void the_list_says_where_base_ends_when_the_rules_cannot() {
        assertThat(symbols().parse("BTCUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
        assertThat(symbols().parse("123456")).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
    }

    @Test
    void the_list_corrects_a_split_that_would_be_wrong() {
        ListedSymbols symbols = symbols();
        assertThat(DescriptorReader.builtIn("binance").symbols().parse("USDTUSD"))
                .isEqualTo(Outcome.success(Instrument.crypto("USD", "TUSD")));
        assertThat(symbols.parse("BNBUSD")).isEqualTo(Outcome.success(Instrument.crypto("BNB", "USD")));
        assertThat(symbols.parse("USDTUSD")).isEqualTo(Outcome.success(Instrument.crypto("USDT", "USD")));
    }

    @Test
    void a_base_alone_has_the_listed_candidates_and_is_taken_where_there_is_one() {
        var failed = (Outcome.Failed<Instrument>) symbols().parse("BTC");
        assertThat(((Failure.AmbiguousInstrument) failed.failure()).candidates())
                .containsExactly("BTC/USD", "BTC/USDT");
        assertThat(symbols().parse("123")).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
    }

    @Test
    void what_the_rules_cannot_read_and_the_list_does_not_have_is_unknown() {
        var failed = (Outcome.Failed<Instrument>) symbols().parse("NOSUCHCOIN");
        assertThat(failed.failure()).isInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void several_names_of_one_instrument_are_one_candidate() {
        byte[] body = """
                {"error":[],"result":{"XXBTZUSD":{"altname":"XBTUSD","base":"XXBT","quote":"ZUSD"}}}""".getBytes(StandardCharsets.UTF_8);
        Transport transport = (_, _) -> Outcome.success(payload(200, body));
        var symbols = symbols(new KrakenAdapter(KRAKEN), KRAKEN, transport, CONFIG, time::get);
        assertThat(symbols.parse("BTC")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
    }

    @Test
    void one_list_serves_many_and_is_fetched_once() {
        ListedSymbols symbols = symbols();
        for (int i = 0; i < 20; i++) {
            symbols.parse("BTCUSD");
            symbols.parse("NOSUCHCOIN");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void an_old_list_still_serves_while_the_next_is_fetched() throws InterruptedException {
        ListedSymbols symbols = symbols();
        symbols.parse("BTCUSD");
        time.addAndGet(Duration.ofHours(7).toNanos());
        answer = Outcome.success(payload(500, new byte[0]));
        assertThat(symbols.parse("BTCUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
        while (fetches.get() < 2) {
            Thread.sleep(2);
        }
        assertThat(symbols.parse("BTCUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "USD")));
    }

    @Test
    void an_error_while_the_list_is_fetched_ends_the_wait_and_the_next_fetch_works() {
        var broken = new AtomicBoolean(true);
        Transport transport = (_, _) -> {
            if (broken.get()) {
                throw new StackOverflowError();
            }
            return Outcome.success(payload(200, US_LIST));
        };
        var symbols = symbols(new BinanceAdapter(BINANCE), BINANCE, transport, CONFIG, time::get);
        assertThat(symbols.parse("NOSUCHCOIN")).isInstanceOf(Outcome.Failed.class);
        broken.set(false);
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(symbols.parse("123456")).isEqualTo(Outcome.success(Instrument.crypto("123", "456")));
    }

    @Test
    void a_fetch_that_never_returns_does_not_prevent_later_ones() throws InterruptedException {
        var stuck = new AtomicBoolean(true);
        var never = new CountDownLatch(1);
        Transport transport = (_, _) -> {
            while (stuck.get() && never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException ignored) {
                    // This transport does not even react to being cancelled.
                }
            }
            return Outcome.success(payload(200, US_LIST));
        };
        var impatient = new SymbolListConfig(
                Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofSeconds(20));
        var symbols = symbols(new BinanceAdapter(BINANCE), BINANCE, transport, impatient, time::get);
        assertThat(symbols.parse("NOSUCHCOIN")).isInstanceOf(Outcome.Failed.class);
        stuck.set(false);
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        while (!symbols.parse("123456").equals(Outcome.success(Instrument.crypto("123", "456")))) {
            Thread.sleep(2);
        }
        never.countDown();
    }

    @Test
    void without_a_list_the_rules_decide_and_the_next_try_waits() {
        answer = Outcome.failed(
                new Failure.Unreachable(DescriptorReader.builtIn("binance").id(), "gone"));
        ListedSymbols symbols = symbols();
        assertThat(symbols.parse("BNBFDUSD")).isEqualTo(Outcome.success(Instrument.crypto("BNB", "FDUSD")));
        assertThat(symbols.parse("NOSUCHCOIN")).isInstanceOf(Outcome.Failed.class);
        assertThat(fetches).hasValue(1);
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        symbols.parse("NOSUCHCOIN");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void without_a_list_a_split_in_doubt_is_one_with_a_well_known_base_or_rejected() {
        answer = Outcome.failed(new Failure.Unreachable(BINANCE.id(), "gone"));
        assertThat(symbols().parse("BNBUSD")).isEqualTo(Outcome.success(Instrument.crypto("BNB", "USD")));
        assertThat(symbols().parse("XYZBUSD"))
                .isEqualTo(Outcome.failed(new Failure.AmbiguousInstrument("XYZBUSD", List.of("XYZ/BUSD", "XYZB/USD"))));
        assertThat(symbols().parse("XYZ/BUSD")).isEqualTo(Outcome.success(Instrument.crypto("XYZ", "BUSD")));
    }

    @Test
    void a_list_that_makes_no_sense_is_no_list() {
        for (String body : new String[] {"", "[]", "{\"symbols\":{}}", "{\"symbols\":[{\"symbol\":1}]}", "<html>"}) {
            answer = Outcome.success(payload(200, body.getBytes(StandardCharsets.UTF_8)));
            assertThat(symbols().parse("BTCFDUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "FDUSD")));
        }
    }

    @Test
    void no_caller_waits_longer_than_the_configured_time() {
        var never = new CountDownLatch(1);
        Transport hanging = (_, _) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        };
        var impatient = new SymbolListConfig(
                Duration.ofHours(6), Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofSeconds(20));
        var symbols = symbols(new BinanceAdapter(BINANCE), BINANCE, hanging, impatient, System::nanoTime);
        assertThat(symbols.parse("BTCFDUSD")).isEqualTo(Outcome.success(Instrument.crypto("BTC", "FDUSD")));
        never.countDown();
    }

    private ListedSymbols symbols() {
        Transport transport = (_, _) -> {
            fetches.incrementAndGet();
            return answer;
        };
        return symbols(new BinanceAdapter(BINANCE), BINANCE, transport, CONFIG, time::get);
    }

    private static ListedSymbols symbols(
            ProviderAdapter adapter,
            Descriptor descriptor,
            Transport transport,
            SymbolListConfig config,
            NanoClock nanoClock) {
        var module = new ProviderModule(descriptor, adapter);
        return new ListedSymbols(
                descriptor.id(),
                descriptor.symbols(),
                module.symbolLists(),
                new ProviderSource(module, Mode.LIVE, transport),
                config,
                SymbolListBudget.ofHeap(1L << 30),
                nanoClock);
    }

    private static RawPayload payload(int status, byte[] body) {
        return new RawPayload(status, Map.of(), body, Instant.EPOCH);
    }
}
