/**
 * Conversion of amounts between currencies and crypto assets, by the rates that the providers have. Belongs here: which rates
 * lead from one to the other, and the arithmetic. Does not belong here: how a rate is fetched.
 */
@NullMarked
package io.marketbrain.api.conversion;

import org.jspecify.annotations.NullMarked;
