/**
 * The mock market: a provider whose transport computes payloads from a seed instead of fetching them.
 *
 * <p>Belongs here: the price model, trading hours and symbols of the mock market, its faults, and the adapter and
 * transport that make it behave like any other provider. Does not belong here: how real providers are called, and how
 * requests are cached, retried or limited.
 */
@NullMarked
package io.marketbrain.provider.mock;

import org.jspecify.annotations.NullMarked;
