package io.marketbrain.alerts;

import io.marketbrain.model.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is to be created; its components are those of {@link Alert}.
 *
 * @param id that the caller has chosen; empty for one that the gateway makes
 */
public record AlertDraft(
        Optional<String> id,
        AlertSubject subject,
        AlertCondition condition,
        @Nullable Mode mode,
        boolean once,
        Duration cooldown,
        Optional<WebhookTarget> webhook,
        String note,
        String owner) {

    Alert create(String as, Instant now) {
        return new Alert(
                as, subject, condition, mode, once, cooldown, webhook, note, owner, now, false, AlertProgress.NONE);
    }
}
