package io.marketbrain.config;

/**
 * One entry of the catalogue of settings.
 *
 * @param key where it stands in {@code brain.yaml}, such as {@code server.port}
 * @param environmentName its name in the environment and in {@code .env}; empty where it can only stand in the file
 * @param description what it does, in a sentence
 * @param fallback what holds when nobody sets it; empty for nothing
 * @param allowed which values it takes, in words
 * @param secret whether its value is never shown
 */
public record Setting(
        String key, String environmentName, String description, String fallback, String allowed, boolean secret) {}
