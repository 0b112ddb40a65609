package io.marketbrain.config;

/**
 * A setting with its effective value.
 *
 * @param value its text with secrets masked; empty if not set
 */
public record EffectiveSetting(Setting setting, String value, Origin origin) {}
