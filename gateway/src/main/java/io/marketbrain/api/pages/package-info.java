/**
 * Pages for browsers and the assets they load, all from the jar: the root page, the API documentation, the problem pages.
 */
@NullMarked
package io.marketbrain.api.pages;

import org.jspecify.annotations.NullMarked;
