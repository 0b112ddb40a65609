package io.marketbrain.model;

/**
 * A warning about the quality of the data; the data itself is returned unchanged.
 *
 * @param code a stable snake_case name, such as {@code crossed_book}
 * @param detail one sentence for the user
 */
public record QualityFlag(String code, String detail) {}
