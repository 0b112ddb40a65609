/**
 * Prices for portfolio and accounting programs: flat rows of dates and closes, and price directives of beancount and ledger.
 */
@NullMarked
package io.marketbrain.facade.portfolio;

import org.jspecify.annotations.NullMarked;
