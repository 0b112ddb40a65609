package io.marketbrain.provider.mapping;

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
    /** An SDMX-JSON data message; the rows are observations, with {@code TIME_PERIOD} and {@code OBS_VALUE}. */
    SDMX_JSON,
    /** An SDMX-ML data message; the rows are observations, with {@code TIME_PERIOD} and {@code OBS_VALUE}. */
    SDMX_XML
}
