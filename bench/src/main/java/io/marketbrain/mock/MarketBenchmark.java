package io.marketbrain.mock;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time and allocation of a quote and of a thousand candles of the mock market. */
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class MarketBenchmark {
    private static final int CANDLES = 1000;
    private static final long STEP = 77_777;

    private static Market market(String symbol) {
        Instrument instrument = switch (symbol) {
            case "AAPL" -> new Instrument(AssetType.STOCK, "AAPL", "USD", null, null);
            case "EURUSD" -> new Instrument(AssetType.FX, "EUR", "USD", null, null);
            default -> Instrument.crypto(symbol.substring(0, 3), "USDT");
        };
        return new Market(42, AssetCatalog.of(instrument));
    }

    /** One market, and an instant that advances with every call. */
    @State(Scope.Thread)
    public static class Quotes {
        @Param({"BTCUSDT", "ETHUSDT", "AAPL", "EURUSD"})
        String symbol;

        Market market;
        long at;

        @Setup
        public void setup() {
            market = market(symbol);
            at = Instant.parse("2024-01-02T00:00:00Z").toEpochMilli();
        }
    }

    /** A market and one interval. */
    @State(Scope.Thread)
    public static class Candles {
        @Param({"BTCUSDT", "AAPL"})
        String symbol;

        @Param({
            "S1", "S5", "S15", "M1", "M3", "M5", "M15", "M30", "H1", "H2", "H4", "H6", "H8", "H12", "D1", "D3", "W1",
            "MO1"
        })
        Interval interval;

        Market market;
        long end;

        @Setup
        public void setup() {
            market = market(symbol);
            end = Instant.parse(interval == Interval.MO1 ? "2090-01-01T00:00:00Z" : "2024-06-01T00:00:00Z")
                    .toEpochMilli();
        }
    }

    /** The same thousand hours early and late in the market's history. */
    @State(Scope.Thread)
    public static class History {
        @Param({"1981", "2024", "2099"})
        int year;

        Market market;
        long end;

        @Setup
        public void setup() {
            market = market("BTCUSDT");
            end = Instant.parse(year + "-06-01T00:00:00Z").toEpochMilli();
        }
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Object quote(Quotes state) {
        state.at += STEP;
        return state.market.quoteAt(state.at);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public List<?> candles(Candles state) {
        return state.market.lastCandles(state.interval, state.end, state.end, CANDLES);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public List<?> anyYear(History state) {
        return state.market.lastCandles(Interval.H1, state.end, state.end, CANDLES);
    }
}
