package io.marketbrain.provider.mapping.response;

/** The forms in which payloads carry rows. */
enum RowShape {
    /** A list of objects, arrays, CSV rows or XML elements. */
    LIST,
    /** An object of lists, one for each field, all of the same length. */
    COLUMNS,
    /** An object whose members are the rows; {@code @key} is a member's name, {@code @value} its value. */
    MAP,
    /** The value itself is the only row. */
    ONE,
    /** A list of objects or lists, or the value itself as the only row: of an endpoint for one instrument or all. */
    ONE_OR_LIST,
    /** An SDMX data message in JSON, XML or CSV; its observations are the rows, as {@code SdmxRows} names their values. */
    SDMX
}
