package io.marketbrain.model;

/** The priority of a request when the gateway cannot serve all of them at once. */
public enum Priority {
    /** Interactive: a user or a program is waiting for the response. */
    HIGH,
    /** Background work: warming, refreshing, shadow comparisons, history. */
    LOW
}
