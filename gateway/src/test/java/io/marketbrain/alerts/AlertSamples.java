package io.marketbrain.alerts;

import io.marketbrain.alerts.rules.PriceDirection;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts, events and firings for tests. */
public final class AlertSamples {
    public static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
    static final ProviderId BINANCE = new ProviderId("binance");
    static final Instrument BTC = Instrument.crypto("BTC", "USDT");
    static final AlertSubject SUBJECT = new AlertSubject.OfInstrument(BINANCE, BTC);

    private AlertSamples() {}

    static AlertCondition crosses(String price, PriceDirection direction) {
        return new AlertCondition.Crosses(new BigDecimal(price), direction);
    }

    static AlertDraft draft(AlertCondition condition) {
        return draft(SUBJECT, condition, Mode.LIVE, false, Optional.empty());
    }

    static AlertDraft draft(
            AlertSubject subject,
            AlertCondition condition,
            @Nullable Mode mode,
            boolean once,
            Optional<String> webhook) {
        return new AlertDraft(
                Optional.of("one"),
                subject,
                condition,
                mode,
                once,
                Duration.ofSeconds(1),
                webhook.map(URI::create).map(WebhookTarget::new),
                "note",
                "local");
    }

    static Alert alert(AlertCondition condition) {
        return draft(condition).create("one", START);
    }

    public static Firing firing(long number) {
        return new Firing(
                "one",
                number,
                START.plusSeconds(number),
                "crosses",
                "binance:BTC/USDT",
                Mode.MOCK,
                new BigDecimal("101.50"),
                new BigDecimal("99"),
                PriceDirection.UP,
                true,
                "binance:BTC/USDT crossed 100",
                "note \"quoted\"");
    }

    static StreamEvent.Status status(FeedState state, Mode mode) {
        return new StreamEvent.Status(state, mode, FeedTransport.WEBSOCKET, null, START);
    }

    static StreamEvent quote(String price, Duration after, QualityFlag... flags) {
        var listing = new Listing(BTC, "BTCUSDT", "Binance", "UTC", "USDT");
        var quote =
                new Quote(listing, new BigDecimal(price), null, null, null, null, null, null, null, null, null, START);
        return new StreamEvent.Update(quote, START.plus(after), List.of(flags));
    }
}
