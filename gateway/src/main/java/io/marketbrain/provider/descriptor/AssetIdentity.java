package io.marketbrain.provider.descriptor;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A code of a provider whose letters alone do not say which asset it means: other providers use them for another asset, or
 * this one did at another time.
 *
 * @param asset the asset that the provider means by the code
 * @param since the first day (UTC) on which it means this asset; empty if it never meant another one before
 * @param until the first day (UTC) on which it no longer does; empty if it still does
 * @param source where this is documented
 */
record AssetIdentity(String code, String asset, Optional<LocalDate> since, Optional<LocalDate> until, String source) {
    boolean isCurrent() {
        return until.isEmpty();
    }
}
