package io.marketbrain.facade.portfolio;

import io.marketbrain.model.Provenance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The rates that lead from one currency to another, by day. A price is multiplied by the rate of its day, or the last one
 * before it, exactly; where pairs are quoted the other way round it is divided, once, and rounded to 20 significant digits. Pure.
 */
record RateTable(List<Leg> legs) {
    static final RateTable SAME = new RateTable(List.of());

    private static final MathContext DIVISION = new MathContext(20, RoundingMode.HALF_EVEN);

    /** How old the rate of a day may be: over weekends and holidays. */
    private static final int REACH_DAYS = 10;

    RateTable {
        legs = List.copyOf(legs);
    }

    /**
     * The rates of one pair.
     *
     * @param rates at least one
     * @param inverted whether it is quoted the other way round
     * @param current whether the last rate is that of now, which holds for every day
     */
    record Leg(NavigableMap<LocalDate, BigDecimal> rates, boolean inverted, boolean current, Provenance provenance) {
        private Optional<BigDecimal> findRate(LocalDate day) {
            if (current) {
                return Optional.of(rates.lastEntry().getValue());
            }
            Map.Entry<LocalDate, BigDecimal> last = rates.floorEntry(day);
            return last == null || ChronoUnit.DAYS.between(last.getKey(), day) > REACH_DAYS
                    ? Optional.empty()
                    : Optional.of(last.getValue());
        }
    }

    /** The price in the other currency; empty if there is no rate of the day. */
    Optional<BigDecimal> convert(BigDecimal price, LocalDate day) {
        BigDecimal product = price;
        BigDecimal divisor = BigDecimal.ONE;
        for (Leg leg : legs) {
            Optional<BigDecimal> rate = leg.findRate(day);
            if (rate.isEmpty()) {
                return Optional.empty();
            }
            if (leg.inverted()) {
                divisor = divisor.multiply(rate.get());
            } else {
                product = product.multiply(rate.get());
            }
        }
        return Optional.of(divisor.compareTo(BigDecimal.ONE) == 0 ? product : product.divide(divisor, DIVISION));
    }

    List<Provenance> provenances() {
        var all = new ArrayList<Provenance>();
        legs.forEach(leg -> all.add(leg.provenance()));
        return all;
    }
}
