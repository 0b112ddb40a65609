package io.marketbrain.model;

/**
 * Something about the data that its reader should know; the data itself is passed on unchanged.
 *
 * @param code a stable snake_case name, such as {@code crossed_book}
 * @param detail one sentence for a person
 */
public record QualityFlag(String code, String detail) {}
