package io.marketbrain.config;

/**
 * A setting as it holds.
 *
 * @param value its text with secrets masked; empty for nothing
 */
public record EffectiveSetting(Setting setting, String value, Origin origin) {}
