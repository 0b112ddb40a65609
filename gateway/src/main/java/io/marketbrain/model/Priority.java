package io.marketbrain.model;

/** Whose turn it is when not everybody can be served at once. */
public enum Priority {
    /** A person or a program waits for the answer. */
    HIGH,
    /** Background work: warming, refreshing, shadow comparisons, history. */
    LOW
}
