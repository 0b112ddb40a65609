/**
 * Core: the records and sealed types that every room speaks. Imports {@code java.*} and JSpecify's
 * annotations only. All types are immutable and safe to share between threads.
 */
@NullMarked
package io.marketbrain.model;

import org.jspecify.annotations.NullMarked;
