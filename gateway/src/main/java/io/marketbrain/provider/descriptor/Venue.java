package io.marketbrain.provider.descriptor;

import java.util.Optional;

/**
 * Where a provider's prices come from.
 *
 * @param name the exchange's or publisher's name, as shown to callers
 * @param mic the ISO 10383 market identifier; empty where the venue has none or the provider covers several
 * @param zone the IANA zone of the trading day
 */
public record Venue(String name, Optional<String> mic, String zone) {}
