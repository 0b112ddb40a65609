package io.marketbrain.provider.mapping;

import io.marketbrain.payload.PayloadNode;
import java.util.Map;

/** A row of a payload, the document that it is part of, and the values of the query. */
record RowContext(PayloadNode document, PayloadNode row, Map<String, String> values) {}
