package io.marketbrain.json;

/** The six kinds of JSON values. */
public enum JsonKind {
    NULL,
    BOOLEAN,
    NUMBER,
    TEXT,
    ARRAY,
    OBJECT
}
