package io.marketbrain.api.candles;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms of the times in a CSV, all of them in UTC. Pure. */
public enum CsvTime {
    /** {@code 2024-01-31T09:00:00Z}. */
    RFC3339,
    /** {@code 2024-01-31 09:00:00}, which spreadsheets read as a date. */
    EXCEL,
    /** Seconds since 1970. */
    EPOCH,
    /** Milliseconds since 1970. */
    EPOCH_MS,
    /** {@code 2024-01-31}: of candles of a day or more the trading day. */
    DATE;

    static final String PARAMETER = "time_format";

    /** The parameter {@code time_format}; empty without it. */
    static Optional<CsvTime> find(Parameters parameters) throws RequestRejected {
        Optional<String> text = parameters.find(PARAMETER);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (CsvTime form : values()) {
            if (form.wire().equals(text.get())) {
                return Optional.of(form);
            }
        }
        String all = Arrays.stream(values()).map(CsvTime::wire).collect(Collectors.joining(", "));
        throw RequestRejected.invalid(PARAMETER, EchoedText.of(text.get()), "one of " + all);
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** When a candle opened. */
    String of(Candles candles, Candle candle) {
        return switch (this) {
            case RFC3339 -> candle.openTime().toString();
            case EXCEL -> {
                String time = candle.openTime().toString();
                yield time.substring(0, time.length() - 1).replace('T', ' ');
            }
            case EPOCH -> Long.toString(candle.openTime().getEpochSecond());
            case EPOCH_MS -> Long.toString(candle.openTime().toEpochMilli());
            case DATE ->
                candles.interval().isDaily()
                        ? candles.sessionDate(candle).toString()
                        : candle.openTime().toString().substring(0, 10);
        };
    }
}
