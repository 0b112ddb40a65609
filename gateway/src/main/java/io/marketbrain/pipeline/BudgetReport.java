package io.marketbrain.pipeline;

import io.marketbrain.model.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * How one budget stands.
 *
 * @param scope what it covers, in words: {@code everything}, {@code provider binance}, {@code caller alice}
 * @param caller whose it is alone; empty for one that several callers spend from
 * @param used what was spent or is set aside by running gateways
 * @param resets when it starts anew
 * @param state {@code ok}, {@code low} above four fifths, {@code exhausted}, {@code unknown} where the store is away, or {@code
 *     lost} where it has forgotten what was spent, so that nothing more is spent in this period
 */
public record BudgetReport(
        String name,
        String scope,
        Optional<String> caller,
        Money limit,
        Money used,
        Money left,
        Instant resets,
        String state) {}
