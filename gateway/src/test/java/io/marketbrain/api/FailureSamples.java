package io.marketbrain.api;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import java.time.Duration;
import java.util.List;

/** One failure of each kind. */
public final class FailureSamples {
    private static final ProviderId PROVIDER = ApiSamples.PROVIDER;
    private static final Failure TIMED_OUT = new Failure.TimedOut(PROVIDER, "exchange took too long");

    public static final List<Failure> ONE_OF_EACH = List.of(
            new Failure.InvalidQuery("limit", "0", "1 or more"),
            new Failure.Unauthenticated("say who you are"),
            new Failure.Forbidden("not you"),
            new Failure.UnknownHost("not me"),
            new Failure.UnknownProvider("nowhere", List.of("exchange")),
            new Failure.UnknownInstrument(PROVIDER, "FOO"),
            new Failure.AmbiguousInstrument("BTC", List.of("BTC/USDT", "BTC/USDC")),
            new Failure.Unsupported(PROVIDER, "exchange does not offer news"),
            new Failure.NotCached("nothing is cached"),
            new Failure.BudgetExhausted("daily", "the budget is spent", Duration.ofHours(3)),
            new Failure.RateLimited("caller", "too many", Duration.ofMillis(1)),
            new Failure.Shed("too busy", Duration.ofSeconds(2)),
            new Failure.DeadlinePassed("too late"),
            new Failure.Unreachable(PROVIDER, "no connection"),
            TIMED_OUT,
            new Failure.Throttled(PROVIDER, "fewer calls, please", null),
            new Failure.CredentialsRejected(PROVIDER, "wrong key"),
            new Failure.Blocked(PROVIDER, "not here"),
            new Failure.Faulty(PROVIDER, "status 500"),
            new Failure.Malformed(PROVIDER, "cut short"),
            new Failure.SchemaDrift(PROVIDER, "price is missing"),
            new Failure.Untrusted(PROVIDER, "is of 1970", null),
            new Failure.CircuitOpen(PROVIDER, "circuit open", Duration.ofSeconds(10)),
            new Failure.NoProviderAnswered(
                    List.of(new Attempt(PROVIDER, Mode.LIVE, "upstream-timeout", "late", Duration.ofSeconds(1))),
                    TIMED_OUT),
            new Failure.Bug(new CallId("call-1")));

    private FailureSamples() {}
}
