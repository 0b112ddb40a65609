/**
 * The domain model: records and sealed types that all other packages share. Belongs here: what describes a query, a
 * response or a failure. Does not belong here: I/O, settings, or anything that needs more than {@code java.*} and
 * JSpecify's annotations. Unless a type says otherwise, it is immutable and safe to share between threads.
 */
@NullMarked
package io.marketbrain.model;

import org.jspecify.annotations.NullMarked;
