package io.marketbrain.provider.feed;

import java.time.Duration;

/**
 * Where a connection is opened.
 *
 * @param url {@code wss://…}, which may contain a token and is not shown
 * @param heartbeat how often a message or ping keeps the connection open
 */
public record FeedAddress(String url, Duration heartbeat) {
    @Override
    public String toString() {
        return url.split("[?]", 2)[0] + ", a heartbeat every " + heartbeat.toMillis() + " ms";
    }
}
