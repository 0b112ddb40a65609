/**
 * What calls to providers cost and how many they allow: exact amounts of money, prices per operation, billing periods and
 * rate limits. Belongs here: values. Does not belong here: what was spent; that is {@code pipeline.budget}'s.
 */
@NullMarked
package io.marketbrain.model.cost;

import org.jspecify.annotations.NullMarked;
