package io.marketbrain.model;

/**
 * Which mode a provider is in: what can be known about it without reading its descriptor.
 *
 * @param reason why, in words for the gateway's owner
 */
public record ProviderMode(ProviderId id, Mode mode, String reason) {}
