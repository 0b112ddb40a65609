package io.marketbrain.model;

import java.time.Duration;

/**
 * One attempt to get data from a provider, and its result.
 *
 * @param outcome {@code ok}, or the stable code of the failure
 */
public record Attempt(ProviderId provider, Mode mode, String outcome, String detail, Duration took) {}
