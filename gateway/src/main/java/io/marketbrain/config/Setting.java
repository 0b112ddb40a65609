package io.marketbrain.config;

/**
 * One entry of the catalogue of settings.
 *
 * @param key its key in {@code brain.yaml}, such as {@code server.port}
 * @param environmentName its name in the environment and in {@code .env}; empty if it can only be set in the file
 * @param description what it does, in one sentence
 * @param fallback the default; empty if there is none
 * @param allowed the allowed values, in words
 * @param secret whether its value is never shown
 */
public record Setting(
        String key, String environmentName, String description, String fallback, String allowed, boolean secret) {}
