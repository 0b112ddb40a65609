package io.marketbrain.pipeline.quality;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The order books of the recorded responses of providers, and how often they are found to be crossed. */
final class RecordedBooks {
    private static final Instant NOW = QualitySamples.NOW;
    private static final int TRIALS = 20;

    private RecordedBooks() {}

    /** Books whose best levels of both sides are exchanged, or one side of which is moved through the other. */
    static FaultScore crossedBooks() {
        FaultScore score = FaultScore.NONE;
        var random = new SplittableRandom(14);
        for (OrderBook book : all()) {
            int alarms = crossings(BookScreen.screen(book, NOW, Findings.NONE));
            for (int trial = 0; trial < TRIALS; trial++) {
                Findings found = BookScreen.screen(crossed(book, random), NOW, Findings.NONE);
                score = score.plus(crossings(found) > 0, alarms);
            }
        }
        return score;
    }

    /** Quotes of the best levels of the books, with bid and ask exchanged. */
    static FaultScore crossedQuotes() {
        FaultScore score = FaultScore.NONE;
        for (OrderBook book : all()) {
            BigDecimal bid = book.bids().getFirst().price();
            BigDecimal ask = book.asks().getFirst().price();
            score = score.plus(isCrossed(ask, bid), isCrossed(bid, ask) ? 1 : 0);
        }
        return score;
    }

    private static boolean isCrossed(BigDecimal bid, BigDecimal ask) {
        var quote = new Quote(QualitySamples.LISTING, bid, bid, null, ask, null, null, null, null, null, null, NOW);
        return QualitySamples.checks(QuoteScreen.screen(quote, NOW, Findings.NONE))
                .contains(QualityCheck.CROSSED_QUOTE);
    }

    private static int crossings(Findings found) {
        return (int) QualitySamples.checks(found).stream()
                .filter(check -> check == QualityCheck.CROSSED_BOOK)
                .count();
    }

    private static OrderBook crossed(OrderBook book, SplittableRandom random) {
        if (random.nextBoolean()) {
            return new OrderBook(
                    book.listing(), book.asks().reversed(), book.bids().reversed(), null, NOW);
        }
        BigDecimal spread =
                book.asks().getFirst().price().subtract(book.bids().getFirst().price());
        BigDecimal by = spread.multiply(BigDecimal.valueOf(1 + random.nextInt(20)));
        List<Level> moved = book.bids().stream()
                .map(level -> new Level(level.price().add(by), level.size()))
                .toList();
        return new OrderBook(book.listing(), moved, book.asks(), null, NOW);
    }

    /** Every book that is not empty. */
    static List<OrderBook> all() {
        try (Stream<Path> files =
                Files.walk(Path.of(RecordedBooks.class.getResource("/providers").toURI()))) {
            List<OrderBook> books = new ArrayList<>();
            for (Path file : files.filter(RecordedBooks::isBody).sorted().toList()) {
                collect(JsonValue.parse(Files.readAllBytes(file)), books);
            }
            return books;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isBody(Path file) {
        String name = file.toString();
        return (name.contains("epth") || name.contains("ook"))
                && name.endsWith(".json")
                && !name.endsWith(".meta.json");
    }

    private static void collect(JsonValue value, List<OrderBook> books) throws MalformedPayload {
        if (!value.isObject()) {
            return;
        }
        var bids = value.find("bids");
        var asks = value.find("asks");
        if (bids.isPresent() && asks.isPresent()) {
            List<Level> low = levels(bids.get());
            List<Level> high = levels(asks.get());
            if (!low.isEmpty() && !high.isEmpty()) {
                books.add(new OrderBook(QualitySamples.LISTING, low, high, null, NOW));
            }
            return;
        }
        for (JsonValue member : value.members().values()) {
            collect(member, books);
        }
    }

    private static List<Level> levels(JsonValue side) throws MalformedPayload {
        List<Level> all = new ArrayList<>();
        for (JsonValue level : side.isArray() ? side.items() : List.<JsonValue>of()) {
            if (level.isArray()) {
                all.add(new Level(level.at(0).decimal(), level.at(1).decimal()));
            }
        }
        return all;
    }
}
