/**
 * Streams to listeners: the channels that all of them share, what waits for each, and the log from which they resume. Belongs
 * here: sharing, order, conflation, gaps, limits. Does not belong here: texts of protocols, where data comes from.
 */
@NullMarked
package io.marketbrain.stream;

import org.jspecify.annotations.NullMarked;
