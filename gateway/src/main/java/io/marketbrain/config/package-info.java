/**
 * The settings: where they are read from, how they are checked and how errors are reported. Read once at start-up;
 * immutable. Belongs here: the declaration of every setting. Does not belong here: the records that hold them, which are
 * in the packages that use them.
 */
@NullMarked
package io.marketbrain.config;

import org.jspecify.annotations.NullMarked;
