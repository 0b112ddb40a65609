package io.marketbrain.facade.binance;

import io.marketbrain.facade.TradeIds;
import io.marketbrain.json.JsonOutput;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Binance does: decimals as strings with their original digits, times in milliseconds. What is not known is
 * null, never zero.
 */
final class BinanceJson {
    private BinanceJson() {}

    static void decimal(JsonOutput out, @Nullable BigDecimal value) {
        out.text(value == null ? null : value.toPlainString());
    }

    static void decimal(JsonOutput out, String name, @Nullable BigDecimal value) {
        out.name(name);
        decimal(out, value);
    }

    static void text(JsonOutput out, String name, @Nullable String value) {
        out.name(name);
        out.text(value);
    }

    static void number(JsonOutput out, String name, @Nullable Long value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.number(value);
        }
    }

    static void time(JsonOutput out, String name, @Nullable Instant value) {
        number(out, name, value == null ? null : value.toEpochMilli());
    }

    static void flag(JsonOutput out, String name, @Nullable Boolean value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.bool(value);
        }
    }

    /** The id of a trade. */
    static void id(JsonOutput out, String name, String id) {
        out.name(name);
        TradeIds.write(out, id);
    }
}
