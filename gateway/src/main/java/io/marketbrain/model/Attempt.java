package io.marketbrain.model;

import java.time.Duration;

/**
 * One provider that was tried for an answer and how that ended.
 *
 * @param outcome {@code ok}, or the stable code of the failure
 */
public record Attempt(ProviderId provider, Mode mode, String outcome, String detail, Duration took) {}
