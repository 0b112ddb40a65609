/**
 * How the parts are put together: the providers with their routes and stacks, and the status of the running gateway that
 * the API shows. Belongs here: code that connects packages which must not know each other. Does not belong here: any
 * decision about a request; that is a layer's or an endpoint's.
 */
@NullMarked
package io.marketbrain.wiring;

import org.jspecify.annotations.NullMarked;
