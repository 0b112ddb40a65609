package io.marketbrain.alerts;

/** Sends a firing to a webhook, once. Blocks, for a bounded time; never throws. Thread-safe. */
@FunctionalInterface
public interface WebhookSender {
    WebhookResult send(WebhookTarget target, Firing firing);
}
