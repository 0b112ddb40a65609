package io.marketbrain.pipeline.budget;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * One budget: an amount per calendar day or month, for the calls it covers.
 *
 * @param provider limits the budget to this provider's calls
 * @param caller limits the budget to this caller's calls; {@code *} gives every caller its own amount
 * @param zone the time zone in which the day or month begins
 */
public record BudgetPolicy(
        String name, Money limit, Period per, ZoneId zone, Optional<ProviderId> provider, Optional<String> caller) {
    static final String EACH = "*";
    static final Money ONE = Money.of("1");

    /** The length of a budget's period. */
    public enum Period {
        DAY,
        MONTH;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BudgetPolicy {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a budget name must be printable ASCII characters without spaces");
        }
    }

    private static final String FREE = "free:";

    /** The budget of a provider's free calls, in which each call counts one. */
    static BudgetPolicy free(ProviderId provider, BillingPeriod billing) {
        return new BudgetPolicy(
                FREE + provider,
                new Money(Math.multiplyExact(billing.freeCalls(), ONE.micros())),
                billing.per() == ChronoUnit.DAYS ? Period.DAY : Period.MONTH,
                billing.zone(),
                Optional.of(provider),
                Optional.empty());
    }

    /**
     * The budget of an API key's caller, from text such as {@code 100/day} or {@code 2000/month}; per month if no
     * period is given.
     */
    public static BudgetPolicy ofKey(String caller, String text) {
        int slash = text.indexOf('/');
        String amount = slash < 0 ? text : text.substring(0, slash);
        String per = slash < 0 ? "month" : text.substring(slash + 1);
        for (Period period : Period.values()) {
            if (period.wire().equals(per) && amount.matches("[0-9]{1,9}([.][0-9]{1,6})?")) {
                return new BudgetPolicy(
                        "key:" + caller,
                        Money.of(amount),
                        period,
                        ZoneOffset.UTC,
                        Optional.empty(),
                        Optional.of(caller));
            }
        }
        throw new IllegalArgumentException(
                "a budget must be an amount per day or month, such as 100/day or 2000/month");
    }

    boolean covers(ProviderId called, String by) {
        return provider.map(called::equals).orElse(true)
                && caller.map(name -> name.equals(EACH) || name.equals(by)).orElse(true);
    }

    /** The account that pays for a covered call. */
    String account(String by) {
        return caller.filter(EACH::equals).isPresent() ? name + "/" + by : name;
    }

    /** The name of the period that contains {@code now}: {@code 2026-03-01} or {@code 2026-03}. */
    String window(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        return switch (per) {
            case DAY -> day.toString();
            case MONTH -> day.toString().substring(0, 7);
        };
    }

    /** The end of the period that contains {@code now}. */
    Instant resets(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        LocalDate next = switch (per) {
            case DAY -> day.plusDays(1);
            case MONTH -> day.withDayOfMonth(1).plusMonths(1);
        };
        return next.atStartOfDay(zone).toInstant();
    }

    /** The amount reserved at a time: a hundredth of the limit, so that a crash loses little and writes are rare. */
    Money block() {
        return new Money(Math.max(1, limit.micros() / 100));
    }

    String scope() {
        String of = provider.map(id -> (name.equals(FREE + id) ? "free calls of provider " : "provider ") + id)
                .orElse("");
        String by = caller.map(name -> name.equals(EACH) ? "each caller" : "caller " + name)
                .orElse("");
        return of.isEmpty() && by.isEmpty() ? "everything" : (of + (of.isEmpty() || by.isEmpty() ? "" : ", ") + by);
    }
}
