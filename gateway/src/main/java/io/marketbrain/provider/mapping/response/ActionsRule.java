package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.CorporateAction.Dividend;
import io.marketbrain.model.price.CorporateAction.Split;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the splits or dividends of a document of candles are: {@code {"dividend": "amount", "rows": …, "time": …}} or
 * {@code {"split": "splitRatio", …}}. A split of 4 for 1 is {@code 4}, {@code 4:1} or {@code 4/1}. Immutable.
 */
public record ActionsRule(
        RowsRule rows,
        FieldRule time,
        @Nullable FieldRule dividend,
        @Nullable FieldRule split) {

    public static ActionsRule read(DescriptorObject json) {
        boolean isDividend = json.has("dividend");
        if (isDividend == json.has("split")) {
            throw json.wrong("dividend", "or 'split' must be given, and only one of them");
        }
        var rule = new ActionsRule(
                RowsRule.read(json.object("rows")),
                FieldRule.read(json, "time", true),
                isDividend ? FieldRule.read(json, "dividend", false) : null,
                isDividend ? null : FieldRule.read(json, "split", false));
        json.end();
        return rule;
    }

    public void addAll(List<CorporateAction> actions, RowContext document, PayloadLimits limits)
            throws MalformedPayload {
        for (RowContext row : document.rows(rows, limits)) {
            Optional<Instant> at = time.findTime(row);
            if (at.isEmpty()) {
                throw new MalformedPayload(row.row(), " has no time");
            }
            if (dividend != null) {
                addDividend(actions, at.get(), dividend.findDecimal(row), row);
            }
            if (split != null) {
                addSplit(actions, at.get(), split.findText(row), row);
            }
        }
    }

    /** Adds what the columns {@code dividend} and {@code split} of a candle's row say; usually that there is none. */
    public static void addOfRow(List<CorporateAction> actions, Instant time, RowFields fields, RowContext row)
            throws MalformedPayload {
        addDividend(actions, time, fields.find("dividend", row), row);
        addSplit(actions, time, fields.findText("split", row), row);
    }

    private static void addDividend(
            List<CorporateAction> actions, Instant time, Optional<BigDecimal> amount, RowContext row)
            throws MalformedPayload {
        if (amount.isEmpty() || amount.get().signum() == 0) {
            return;
        }
        if (amount.get().signum() < 0) {
            throw new MalformedPayload("the dividend of " + row.row() + " is below zero");
        }
        actions.add(new Dividend(time, amount.get()));
    }

    private static void addSplit(List<CorporateAction> actions, Instant time, Optional<String> ratio, RowContext row)
            throws MalformedPayload {
        if (ratio.isEmpty() || ratio.get().isBlank()) {
            return;
        }
        SplitText.read(ratio.get(), row)
                .ifPresent(read -> actions.add(new Split(time, read.newShares(), read.oldShares())));
    }
}
