package io.marketbrain.alerts;

import org.jspecify.annotations.Nullable;

/** What is stored of the alerts cannot be read or written at the moment. */
public final class AlertsUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public AlertsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
