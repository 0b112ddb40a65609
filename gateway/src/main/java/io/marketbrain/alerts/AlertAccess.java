package io.marketbrain.alerts;

/** The alerts of the gateway, which are loaded when they are first needed. Thread-safe. */
@FunctionalInterface
public interface AlertAccess {
    /** Fails while what is stored cannot be used, or another gateway uses it. */
    AlertService service() throws AlertsUnavailable;
}
