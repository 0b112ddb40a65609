package io.marketbrain.pipeline.budget;

import io.marketbrain.model.Billing;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * One budget: so much a calendar day or month, for the calls it covers.
 *
 * @param provider covers this provider's calls only
 * @param caller covers this caller's calls only; {@code *} is every caller, each with an amount of its own
 * @param zone where the day or month begins
 */
public record BudgetPolicy(
        String name, Money limit, Period per, ZoneId zone, Optional<ProviderId> provider, Optional<String> caller) {
    static final String EACH = "*";
    static final Money ONE = Money.of("1");

    /** How often a budget starts anew. */
    public enum Period {
        DAY,
        MONTH;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BudgetPolicy {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a budget has a name of printable characters without spaces");
        }
    }

    private static final String FREE = "free:";

    /** The calls that a provider does not charge, one each. */
    static BudgetPolicy free(ProviderId provider, Billing billing) {
        return new BudgetPolicy(
                FREE + provider,
                new Money(Math.multiplyExact(billing.freeCalls(), ONE.micros())),
                billing.per() == ChronoUnit.DAYS ? Period.DAY : Period.MONTH,
                billing.zone(),
                Optional.of(provider),
                Optional.empty());
    }

    /** The budget of one key's caller, as in {@code 100/day} or {@code 2000/month}; a month where none is named. */
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
        throw new IllegalArgumentException("a budget is an amount a day or month, such as 100/day or 2000/month");
    }

    boolean covers(ProviderId asked, String by) {
        return provider.map(asked::equals).orElse(true)
                && caller.map(name -> name.equals(EACH) || name.equals(by)).orElse(true);
    }

    /** The account that a covered call is paid from. */
    String account(String by) {
        return caller.filter(EACH::equals).isPresent() ? name + "/" + by : name;
    }

    /** The name of the period that {@code now} lies in: {@code 2026-03-01} or {@code 2026-03}. */
    String window(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        return switch (per) {
            case DAY -> day.toString();
            case MONTH -> day.toString().substring(0, 7);
        };
    }

    /** When the period that {@code now} lies in ends. */
    Instant resets(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        LocalDate next = switch (per) {
            case DAY -> day.plusDays(1);
            case MONTH -> day.withDayOfMonth(1).plusMonths(1);
        };
        return next.atStartOfDay(zone).toInstant();
    }

    /** What is set aside at a time: a hundredth of the whole, so that a crash loses little and writes are few. */
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
