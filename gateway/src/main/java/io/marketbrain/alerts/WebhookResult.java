package io.marketbrain.alerts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to deliver a webhook. Immutable. */
public sealed interface WebhookResult {

    /**
     * The receiver responded.
     *
     * @param retryAfter how long it asked to wait; null if it did not
     */
    record Answered(int status, @Nullable Duration retryAfter) implements WebhookResult {}

    /** It could not be reached, or did not respond in time. The reason never has the address in it. */
    record Unreachable(String reason) implements WebhookResult {}

    /** The gateway does not send anything to this address. */
    record Refused(String reason) implements WebhookResult {}
}
