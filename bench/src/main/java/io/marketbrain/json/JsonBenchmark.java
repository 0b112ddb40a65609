package io.marketbrain.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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
import org.openjdk.jmh.infra.Blackhole;

/** What reading a provider's payload costs: as a tree, as a tape, and as a tape written with the library's parser. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class JsonBenchmark {
    private static final String[] READ = {"priceA", "priceC", "priceE", "priceG", "priceI", "priceK", "priceM", "priceT"
    };

    @Param({"klines", "book", "tickers"})
    private String what = "klines";

    private byte[] body = {};

    /** 1,000 klines of Binance, a book of 5,000 levels a side, or 500 tickers of 21 members. */
    @Setup
    public void makeBody() {
        var random = new Random(1);
        var text = new StringBuilder();
        if (what.equals("klines")) {
            for (int i = 0; i < 1000; i++) {
                text.append(i == 0 ? "[" : ",");
                text.append('[').append(1_700_000_000_000L + i * 60_000L);
                for (int cell = 0; cell < 5; cell++) {
                    text.append(",\"").append(decimal(random)).append('"');
                }
                text.append(',').append(1_700_000_059_999L + i * 60_000L);
                text.append(",\"").append(decimal(random)).append("\",").append(random.nextInt(9999));
                text.append(",\"")
                        .append(decimal(random))
                        .append("\",\"")
                        .append(decimal(random))
                        .append("\",\"0\"]");
            }
            text.append(']');
        } else if (what.equals("tickers")) {
            for (int i = 0; i < 500; i++) {
                text.append(i == 0 ? "[" : ",")
                        .append("{\"symbol\":\"BTC")
                        .append(i)
                        .append('"');
                for (int member = 0; member < 20; member++) {
                    text.append(",\"price")
                            .append((char) ('A' + member))
                            .append("\":\"")
                            .append(decimal(random))
                            .append('"');
                }
                text.append('}');
            }
            text.append(']');
        } else {
            text.append("{\"lastUpdateId\":1027024");
            for (String side : new String[] {"bids", "asks"}) {
                text.append(",\"").append(side).append("\":[");
                for (int i = 0; i < 5000; i++) {
                    text.append(i == 0 ? "[\"" : ",[\"")
                            .append(decimal(random))
                            .append("\",\"")
                            .append(decimal(random))
                            .append("\"]");
                }
                text.append(']');
            }
            text.append('}');
        }
        body = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static BigDecimal decimal(Random random) {
        return BigDecimal.valueOf(1_000_000_000L + random.nextLong(5_000_000_000_000L), 8);
    }

    @Benchmark
    public Object parseTree() throws MalformedPayload {
        return JsonTree.parse(body);
    }

    @Benchmark
    public Object parseTape() throws MalformedPayload {
        return JsonValue.parse(body);
    }

    @Benchmark
    public Object parseTapeWithLibrary() {
        return JacksonTape.read(body);
    }

    /** Parsed, and each figure read as an adapter does. */
    @Benchmark
    public void readTree(Blackhole to) throws MalformedPayload {
        JsonTree json = JsonTree.parse(body);
        if (what.equals("klines")) {
            for (JsonTree row : json.items()) {
                to.consume(row.at(0).epochMillis());
                for (int i = 1; i < 6; i++) {
                    to.consume(row.at(i).price());
                }
                to.consume(row.at(7).amount());
                to.consume(row.at(8).integer());
            }
        } else if (what.equals("tickers")) {
            for (JsonTree row : json.items()) {
                for (String name : READ) {
                    to.consume(row.at(name).price());
                }
            }
        } else {
            for (String side : new String[] {"bids", "asks"}) {
                for (JsonTree row : json.at(side).items()) {
                    to.consume(row.at(0).price());
                    to.consume(row.at(1).amount());
                }
            }
        }
    }

    /** The same from the tape. */
    @Benchmark
    public void readTape(Blackhole to) throws MalformedPayload {
        JsonValue json = JsonValue.parse(body);
        if (what.equals("klines")) {
            for (JsonValue row : json.items()) {
                to.consume(row.at(0).epochMillis());
                for (int i = 1; i < 6; i++) {
                    to.consume(row.at(i).price());
                }
                to.consume(row.at(7).amount());
                to.consume(row.at(8).integer());
            }
        } else if (what.equals("tickers")) {
            for (JsonValue row : json.items()) {
                for (String name : READ) {
                    to.consume(row.at(name).price());
                }
            }
        } else {
            for (String side : new String[] {"bids", "asks"}) {
                for (JsonValue row : json.at(side).items()) {
                    to.consume(row.at(0).price());
                    to.consume(row.at(1).amount());
                }
            }
        }
    }
}
