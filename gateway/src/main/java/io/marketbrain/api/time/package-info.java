/**
 * The time machine: requests at another time than now. Belongs here: how a path names the time, and the clocks that clients
 * set. Does not belong here: what there is at that time.
 */
@NullMarked
package io.marketbrain.api.time;

import org.jspecify.annotations.NullMarked;
