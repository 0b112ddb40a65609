package io.marketbrain.provider.drift;

import io.marketbrain.model.Operation;
import java.util.function.Function;

/**
 * A recorded response, and what the adapter makes of a body in its place without a guard.
 *
 * @param outcome the data, or something else for a failure; equal for equal data
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedBody(String name, Operation operation, byte[] body, Function<byte[], Object> outcome) {}
