package io.marketbrain.pipeline.quality;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real price series of the fault corpus.
 *
 * @param name its file without the ending, which begins with the instrument
 * @param label what its meta file calls it: real or fault; clean if it is no event
 * @param committed whether it is among the resources of this project
 */
record CorpusSeries(
        String name, AssetType type, Interval interval, List<Candle> candles, String label, boolean committed) {
    private static final String META = ".meta.json";
    private static final Set<String> FX = Set.of("EURUSD", "GBPUSD", "USDCHF", "USDTRY", "EURCHF");
    private static final Set<String> COINS = Set.of("BTC", "ETH", "LIN", "FTT", "LUN", "UST");
    private static final Set<String> FUNDS = Set.of("SPY", "SVXY", "VXX", "USO", "GDVD");
    private static final Set<String> COMMODITIES = Set.of("WTI", "CL", "NICKEL");
    private static final Set<String> INDICES = Set.of("SP500", "VIX");

    /** The series by which the limits were chosen; the figures that are reported are of the others. */
    private static final Set<String> TUNING = Set.of("AAPL", "INTC", "ETHBTC");

    boolean isForTuning() {
        return TUNING.contains(symbol(name));
    }

    /** Every series of {@code clean} or {@code events} in this project. */
    static List<CorpusSeries> committed(String kind) {
        try {
            return readAll(
                    Path.of(CorpusSeries.class.getResource("/quality/" + kind).toURI()), kind, true);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of a folder outside the project that are not in it; empty if there is no such folder. */
    static List<CorpusSeries> others(Path folder, String kind) {
        Set<String> own =
                Set.copyOf(committed(kind).stream().map(CorpusSeries::name).toList());
        Path all = folder.resolve(kind.equals("clean") ? "ohlcv" : kind);
        return Files.isDirectory(all)
                ? readAll(all, kind, false).stream()
                        .filter(one -> !own.contains(one.name()))
                        .toList()
                : List.of();
    }

    Candles response(List<Candle> part) {
        return new Candles(listing(), interval, part, List.of(), null);
    }

    Listing listing() {
        boolean isAmerican = name.startsWith(symbol(name) + "-1") && type != AssetType.CRYPTO;
        return new Listing(
                new Instrument(type, symbol(name), "USD", null, null),
                name,
                "",
                isAmerican ? "America/New_York" : "UTC",
                "USD");
    }

    /** The end of a candle. */
    Instant end(int bar) {
        return interval.next(candles.get(bar).openTime());
    }

    private static List<CorpusSeries> readAll(Path folder, String kind, boolean committed) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .map(file -> read(file, kind, committed))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusSeries read(Path file, String kind, boolean committed) {
        String name = file.getFileName().toString().replace(".csv", "");
        try {
            JsonValue meta = JsonValue.parse(Files.readAllBytes(file.resolveSibling(name + META)));
            String interval = meta.find("interval").orElseThrow().text();
            String label = kind.equals("clean")
                    ? kind
                    : meta.find("label").orElseThrow().text();
            List<String> lines = Files.readAllLines(file);
            List<String> header = Arrays.asList(lines.getFirst().split(","));
            List<Candle> candles = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                Candle candle = candle(header, line.split(",", -1));
                if (candle != null) {
                    candles.add(candle);
                }
            }
            // A column of zeros stands for volumes that the source does not know.
            boolean traded = candles.stream()
                    .anyMatch(one -> one.volume() != null && one.volume().signum() > 0);
            return new CorpusSeries(
                    name,
                    type(symbol(name)),
                    Interval.find(interval).orElseThrow(),
                    traded
                            ? candles
                            : candles.stream().map(CorpusSeries::withoutVolume).toList(),
                    label,
                    committed);
        } catch (IOException | MalformedPayload e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Candle candle(List<String> header, String[] cells) {
        BigDecimal close = number(header, cells, "close");
        if (close == null) {
            return null;
        }
        BigDecimal open = number(header, cells, "open");
        BigDecimal high = number(header, cells, "high");
        BigDecimal low = number(header, cells, "low");
        return new Candle(
                time(cells[header.contains("time") ? header.indexOf("time") : header.indexOf("datetime_utc")]),
                open == null ? close : open,
                high == null ? close : high,
                low == null ? close : low,
                close,
                number(header, cells, "volume"),
                null,
                null,
                true);
    }

    private static Candle withoutVolume(Candle c) {
        return new Candle(c.openTime(), c.open(), c.high(), c.low(), c.close(), null, null, null, true);
    }

    private static Instant time(String text) {
        return Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
    }

    private static @Nullable BigDecimal number(List<String> header, String[] cells, String column) {
        int at = header.indexOf(column);
        String text = at < 0 || at >= cells.length ? "" : cells[at];
        return text.isEmpty() || text.endsWith("K") ? null : new BigDecimal(text);
    }

    /** What the instrument is a price of, so that BTC/USD and BTC/USDT are the same. */
    String asset() {
        return symbol(name).substring(0, Math.min(3, symbol(name).length()));
    }

    private static String symbol(String name) {
        return name.substring(0, name.indexOf('-'));
    }

    private static AssetType type(String symbol) {
        if (FX.contains(symbol)) {
            return AssetType.FX;
        }
        if (FUNDS.contains(symbol)) {
            return AssetType.ETF;
        }
        if (COMMODITIES.contains(symbol)) {
            return AssetType.COMMODITY;
        }
        if (INDICES.contains(symbol)) {
            return AssetType.INDEX;
        }
        return symbol.length() >= 3 && COINS.contains(symbol.substring(0, 3).toUpperCase(Locale.ROOT))
                ? AssetType.CRYPTO
                : AssetType.STOCK;
    }
}
