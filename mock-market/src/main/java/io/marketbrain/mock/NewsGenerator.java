package io.marketbrain.mock;

import io.marketbrain.mock.calendar.SupportedYears;
import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Generates news from the mock market's own prices, labelled as synthetic. At most one item per three hours; a search
 * text that matches none of the usual subjects becomes the subject itself.
 */
public final class NewsGenerator {
    private static final long SLOT = 3 * 3_600_000L;
    private static final int SLOTS_SEARCHED = 4_000;
    private static final List<Instrument> SUBJECTS = List.of(
            Instrument.crypto("BTC", "USDT"),
            Instrument.crypto("ETH", "USDT"),
            new Instrument(AssetType.STOCK, "AAPL", "USD", null, null),
            new Instrument(AssetType.STOCK, "MSFT", "USD", null, null),
            new Instrument(AssetType.FX, "EUR", "USD", null, null),
            new Instrument(AssetType.COMMODITY, "WTI", "USD", null, null));

    public record Item(String id, long time, String title, String summary) {}

    private final Markets markets;
    private final long key;

    public NewsGenerator(Markets markets, long seed) {
        this.markets = markets;
        this.key = SplitMix64.named(seed, "news");
    }

    /** At most {@code limit} items up to {@code now}, newest first. */
    public List<Item> items(String text, long now, int limit) {
        String topic = text.strip();
        List<Item> items = new ArrayList<>();
        long newest = Math.floorDiv(now, SLOT);
        for (long slot = newest; slot > newest - SLOTS_SEARCHED && items.size() < limit; slot--) {
            long bits = SplitMix64.child(SplitMix64.named(key, topic.toUpperCase(Locale.ROOT)), slot);
            long time = slot * SLOT + Math.floorMod(bits >>> 8, SLOT / 1000) * 1000;
            if ((bits & 1) == 0 && time <= now) {
                items.add(item(topic, bits, time));
            }
        }
        return items;
    }

    private Item item(String topic, long bits, long time) {
        String id = "mock-" + Long.toHexString(bits);
        Optional<Instrument> subject = topic.isEmpty()
                ? Optional.of(SUBJECTS.get((int) Math.floorMod(bits >>> 32, (long) SUBJECTS.size())))
                : SUBJECTS.stream().filter(s -> matches(s, topic)).findFirst();
        if (subject.isEmpty()) {
            return new Item(
                    id,
                    time,
                    "[synthetic] Nothing to report about " + topic,
                    "Made by the mock market for tests. It describes no real event.");
        }
        Market market = markets.of(subject.get(), Optional.empty());
        long price = market.priceAt(time);
        long before = market.priceAt(time - SupportedYears.DAY);
        BigDecimal change = BigDecimal.valueOf(price - before)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(before), 1, RoundingMode.HALF_EVEN);
        String move = change.signum() < 0 ? "down " + change.negate() + " %" : "up " + change + " %";
        String last = new StepDecimals(market.asset().tick()).text(price);
        return new Item(
                id,
                time,
                "[synthetic] " + subject.get().unified() + " " + move + " within a day, at " + last,
                "Made by the mock market from its own prices. It describes no real event.");
    }

    private static boolean matches(Instrument instrument, String topic) {
        String canonical = Markets.canonical(topic);
        return canonical.equals(instrument.base()) || canonical.equals(Markets.canonical(instrument.unified()));
    }
}
