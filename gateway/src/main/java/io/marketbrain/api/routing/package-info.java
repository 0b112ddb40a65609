/**
 * Which endpoint answers which path and method, with the request counters of each path. Knows no endpoint by name.
 */
@NullMarked
package io.marketbrain.api.routing;

import org.jspecify.annotations.NullMarked;
