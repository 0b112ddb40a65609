package io.marketbrain.store.redis;

import java.io.IOException;

/** Redis sent bytes that are not a reply in its protocol, or a reply that exceeds the {@link ReplyLimits}. */
final class InvalidReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidReplyException(String message) {
        super(message);
    }
}
