package io.marketbrain.config;

import io.marketbrain.pipeline.resilience.BreakerConfig;
import io.marketbrain.pipeline.resilience.QuotaConfig;
import io.marketbrain.pipeline.resilience.ResilienceConfig;
import io.marketbrain.pipeline.resilience.RetryConfig;
import io.marketbrain.pipeline.resilience.TimeoutConfig;

/** The settings of retries, circuit breakers, timeouts and quotas. */
final class ResilienceSection {
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
                                ResilienceConfig.BULKHEAD_WAITING,
                                d.bulkheadWaiting(),
                                "How many calls may wait for a free connection to one provider, in addition to those in progress."),
                        in.duration(
                                ResilienceConfig.DEFAULT_RETRY_AFTER,
                                d.unnamedWait(),
                                "How long to pause calls to a provider that answers \"too many requests\" without saying how long to wait.")));
    }

    private RetryConfig retry(RetryConfig d) {
        return new RetryConfig(
                in.integer(
                        RetryConfig.ATTEMPTS,
                        d.attempts(),
                        "How many times a request is sent to a provider in total; 1 turns retries off."),
                in.duration(
                        RetryConfig.FIRST_DELAY,
                        d.firstDelay(),
                        "The average of the random delay before the first retry; it doubles with each further retry."),
                in.duration(
                        RetryConfig.MAX_DELAY,
                        d.longestDelay(),
                        "The longest delay before a retry; if a provider asks for a longer one, the request is not retried."),
                in.integer(
                        RetryConfig.BUDGET_PERCENT,
                        d.budgetPercent(),
                        "How many retries are allowed per hundred requests to a provider."));
    }

    private BreakerConfig breaker(BreakerConfig d) {
        return new BreakerConfig(
                in.integer(
                        BreakerConfig.CALLS,
                        d.calls(),
                        "How many of the most recent calls the circuit breaker considers."),
                in.duration(BreakerConfig.WINDOW, d.window(), "How old a call may be to be considered."),
                in.integer(
                        BreakerConfig.MINIMUM,
                        d.minimum(),
                        "How many calls are needed before the circuit breaker may open."),
                in.integer(
                        BreakerConfig.FAILURE_PERCENT,
                        d.failurePercent(),
                        "The share of failed calls at which the circuit opens, in percent."),
                in.duration(
                        BreakerConfig.OPEN_FOR,
                        d.openFor(),
                        "How long the circuit stays open the first time; it doubles each time the provider has not recovered."),
                in.duration(BreakerConfig.MAX_OPEN, d.longestOpen(), "The longest time that the circuit stays open."),
                in.integer(
                        BreakerConfig.PROBES,
                        d.probes(),
                        "How many calls at once may test whether a provider has recovered."),
                in.integer(
                        BreakerConfig.SUCCESSES,
                        d.successes(),
                        "How many test calls in a row must succeed before the circuit closes."));
    }

    private TimeoutConfig timeout(TimeoutConfig d) {
        return new TimeoutConfig(
                in.duration(
                        TimeoutConfig.MIN,
                        d.shortest(),
                        "The shortest time allowed for an attempt, however fast the provider usually is."),
                in.duration(
                        TimeoutConfig.INITIAL,
                        d.first(),
                        "The time allowed for an attempt before the provider's speed is known."),
                in.duration(
                        TimeoutConfig.MAX,
                        d.longest(),
                        "The longest time allowed for an attempt, however slow the provider usually is."));
    }

    private QuotaConfig quota(QuotaConfig d) {
        return new QuotaConfig(
                in.integer(
                        QuotaConfig.PERCENT, d.percent(), "How much of a provider's rate limit is used, in percent."),
                in.integer(
                        QuotaConfig.BACKGROUND_PERCENT,
                        d.lowPercent(),
                        "How much of that background work may use, in percent."),
                in.duration(
                        QuotaConfig.MAX_WAIT,
                        d.longestWait(),
                        "How long a request waits for a provider's rate limit before it is rejected; up to 3 s for a limit "
                                + "of a second, unless this is 0."));
    }
}
