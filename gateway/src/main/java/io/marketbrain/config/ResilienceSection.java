package io.marketbrain.config;

import io.marketbrain.pipeline.resilience.BreakerConfig;
import io.marketbrain.pipeline.resilience.QuotaConfig;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.resilience.RetryConfig;
import io.marketbrain.pipeline.resilience.TimeoutConfig;
import java.time.Duration;

/** The part of the catalogue that says how providers in trouble are dealt with. */
final class ResilienceSection {
    private static final Duration TINY = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final SettingsReader in;

    ResilienceSection(SettingsReader in) {
        this.in = in;
    }

    ResilienceConfig read() {
        return in.section(
                ResilienceConfig.defaults(),
                d -> new ResilienceConfig(
                        retry(d.retry()),
                        breaker(d.breaker()),
                        timeout(d.timeout()),
                        quota(d.quota()),
                        in.integer(
                                "resilience.bulkhead.waiting",
                                d.bulkheadWaiting(),
                                0,
                                100_000,
                                "How many calls may wait for a place at one provider, beside those under way."),
                        in.duration(
                                "resilience.unnamed_wait",
                                d.unnamedWait(),
                                TINY,
                                HOUR,
                                "How long a provider is left alone that asks for fewer calls without saying for how"
                                        + " long.")));
    }

    private RetryConfig retry(RetryConfig d) {
        return new RetryConfig(
                in.integer(
                        "resilience.retry.attempts",
                        d.attempts(),
                        1,
                        10,
                        "How often a request is sent to a provider in all; 1 switches retries off."),
                in.duration(
                        "resilience.retry.first_delay",
                        d.firstDelay(),
                        TINY,
                        HOUR,
                        "The mean of the random wait before the first retry; each further one doubles it."),
                in.duration(
                        "resilience.retry.longest_delay",
                        d.longestDelay(),
                        TINY,
                        HOUR,
                        "The longest wait for a retry that a request is held for."),
                in.integer(
                        "resilience.retry.budget_percent",
                        d.budgetPercent(),
                        0,
                        100,
                        "How many retries a hundred requests to a provider earn."));
    }

    private BreakerConfig breaker(BreakerConfig d) {
        int calls =
                in.integer("resilience.breaker.calls", d.calls(), 1, 1000, "How many of the latest calls are judged.");
        return new BreakerConfig(
                calls,
                in.duration("resilience.breaker.window", d.window(), TINY, HOUR, "How far back a call is judged."),
                in.integer(
                        "resilience.breaker.minimum",
                        d.minimum(),
                        1,
                        calls,
                        "How many calls there must be before they are judged; at most resilience.breaker.calls."),
                in.integer(
                        "resilience.breaker.failure_percent",
                        d.failurePercent(),
                        1,
                        100,
                        "The share of failures at which a provider is left alone, in percent."),
                in.duration(
                        "resilience.breaker.open_for",
                        d.openFor(),
                        TINY,
                        HOUR,
                        "How long a failing provider is left alone at first; doubled while it does not recover."),
                in.duration(
                        "resilience.breaker.longest_open",
                        d.longestOpen(),
                        TINY,
                        HOUR,
                        "How long a failing provider is left alone at the most."),
                in.integer(
                        "resilience.breaker.probes",
                        d.probes(),
                        1,
                        100,
                        "How many calls at a time may try whether a provider has recovered."),
                in.integer(
                        "resilience.breaker.successes",
                        d.successes(),
                        1,
                        100,
                        "How many of those must succeed in a row before everybody may call again."));
    }

    private TimeoutConfig timeout(TimeoutConfig d) {
        return new TimeoutConfig(
                in.duration(
                        "resilience.timeout.shortest",
                        d.shortest(),
                        TINY,
                        HOUR,
                        "What an attempt gets at the least, however quick the provider usually is."),
                in.duration(
                        "resilience.timeout.first",
                        d.first(),
                        TINY,
                        HOUR,
                        "What an attempt gets before the provider's speed is known."),
                in.duration(
                        "resilience.timeout.longest",
                        d.longest(),
                        TINY,
                        HOUR,
                        "What an attempt gets at the most, however slow the provider is."));
    }

    private QuotaConfig quota(QuotaConfig d) {
        return new QuotaConfig(
                in.integer(
                        "resilience.quota.percent",
                        d.percent(),
                        1,
                        100,
                        "How much of what a provider allows is used, in percent."),
                in.integer(
                        "resilience.quota.low_percent",
                        d.lowPercent(),
                        1,
                        100,
                        "How much of that background work may use, in percent."),
                in.duration(
                        "resilience.quota.longest_wait",
                        d.longestWait(),
                        Duration.ZERO,
                        HOUR,
                        "How long a request waits for a provider's quota before it is refused."));
    }
}
