package io.marketbrain.provider.descriptor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider's codes mean, where they are not those of the assets. A plain code such as {@code XBT} is another name of
 * an asset, and callers may use it too. The letters of a code with an {@link AssetIdentity}, such as Kraken's {@code LUNA},
 * name another asset in unified symbols. Immutable.
 */
final class AssetCodes {
    private final Map<String, String> plain;
    private final Map<String, String> spelled = new HashMap<>();
    private final Map<String, String> current = new HashMap<>();
    private final Map<String, AssetChange> changes = new HashMap<>();

    /**
     * The codes of one provider.
     *
     * @param plain the assets that its plain codes mean
     * @param spelled the code to send to the provider, by asset, if it is neither the asset's own nor in {@code identities}
     * @throws IllegalArgumentException if an asset would be sent under a code that means another one
     */
    AssetCodes(Map<String, String> plain, Map<String, String> spelled, List<AssetIdentity> identities) {
        this.plain = Map.copyOf(plain);
        for (AssetIdentity identity : identities) {
            if (identity.isCurrent()) {
                current.put(identity.code(), identity.asset());
                this.spelled.put(identity.asset(), identity.code());
            }
            identity.since().or(identity::until).ifPresent(day -> changes.put(identity.code(), change(identity, day)));
        }
        this.spelled.putAll(spelled);
        this.spelled.forEach((asset, code) -> check(asset, code));
        plain.values().forEach(asset -> check(asset, codeOf(asset)));
    }

    private static AssetChange change(AssetIdentity identity, LocalDate day) {
        Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new AssetChange(identity.code(), identity.isCurrent() ? identity.code() : identity.asset(), at);
    }

    private void check(String asset, String code) {
        if (!assetOf(code).equals(asset)) {
            throw new IllegalArgumentException(asset + " would be sent as " + code + ", which means " + assetOf(code));
        }
    }

    /** The asset that the provider means by a code. */
    String assetOf(String code) {
        String identity = current.get(code);
        return identity != null ? identity : plain.getOrDefault(code, code);
    }

    /**
     * The asset that a code in a unified symbol names; empty if the provider uses these letters for another asset and has no
     * code for the one that they name.
     */
    Optional<String> findAsset(String unified) {
        if (current.containsKey(unified)) {
            return spelled.containsKey(unified) ? Optional.of(unified) : Optional.empty();
        }
        return Optional.of(plain.getOrDefault(unified, unified));
    }

    /** The code to send to the provider for an asset. */
    String codeOf(String asset) {
        return spelled.getOrDefault(asset, asset);
    }

    /** Whether a code is another name of an asset. */
    boolean isPlain(String code) {
        return plain.containsKey(code);
    }

    /** Whether the letters of the code to send for an asset name another asset elsewhere. */
    boolean isAmbiguous(String asset) {
        return current.containsKey(codeOf(asset));
    }

    /** When the code of an asset began to mean it, if it meant another one before. */
    Optional<AssetChange> findChange(String asset) {
        return Optional.ofNullable(changes.get(codeOf(asset)));
    }
}
