package io.marketbrain.provider.descriptor;

import io.marketbrain.model.calendar.PublicationSchedule;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.series.SeriesKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a descriptor says about one operation of its provider.
 *
 * @param weight what a request counts against the provider's quota, in the provider's own units, where the adapter does
 *     not calculate it from the query
 * @param host the name of the host in {@link ProviderHosts} that answers it
 * @param method how it is requested
 * @param repeatable whether a request may be sent again although the first one may have arrived; a GET always may
 * @param payload the format of the response
 * @param minTtl how long its data is fresh at least, for a provider whose calls are scarce; zero if the usual time is long
 *     enough
 * @param adjustments what the prices of its candles can be adjusted for, the default first; empty where that is not known
 * @param delay how much later than the market its data is published; zero for none
 * @param kinds the kinds of series about instruments that it has
 * @param nowOnly those of which a request without a range gets only the value of now
 * @param published on which days it is published, if that is once a day
 */
public record OperationTerms(
        int weight,
        String host,
        RequestMethod method,
        boolean repeatable,
        PayloadKind payload,
        Duration minTtl,
        List<Adjustment> adjustments,
        Set<SeriesKind> kinds,
        Set<SeriesKind> nowOnly,
        Duration delay,
        Optional<PublicationSchedule> published) {
    /** Terms under which data is fresh for the usual time. */
    public OperationTerms(int weight, String host, RequestMethod method, boolean repeatable, PayloadKind payload) {
        this(
                weight,
                host,
                method,
                repeatable,
                payload,
                Duration.ZERO,
                List.of(),
                Set.of(),
                Set.of(),
                Duration.ZERO,
                Optional.empty());
    }

    /** One GET of weight 1 to the main host, answered in JSON. */
    public static final OperationTerms USUAL =
            new OperationTerms(1, ProviderHosts.MAIN, RequestMethod.GET, true, PayloadKind.JSON);

    public OperationTerms {
        adjustments = List.copyOf(adjustments);
        kinds = ordered(kinds);
        nowOnly = ordered(nowOnly);
        if (minTtl.isNegative()) {
            throw new IllegalArgumentException("data cannot be fresh for less than no time");
        }
        if (weight < 1) {
            throw new IllegalArgumentException("a request weighs at least 1");
        }
        if (method == RequestMethod.GET && !repeatable) {
            throw new IllegalArgumentException("a GET can always be repeated");
        }
    }

    private static Set<SeriesKind> ordered(Set<SeriesKind> kinds) {
        return kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kinds));
    }

    /** The usual terms, with these adjustments and kinds of series. */
    OperationTerms asUsual() {
        return new OperationTerms(
                USUAL.weight,
                USUAL.host,
                USUAL.method,
                USUAL.repeatable,
                USUAL.payload,
                USUAL.minTtl,
                adjustments,
                kinds,
                nowOnly,
                Duration.ZERO,
                Optional.empty());
    }
}
