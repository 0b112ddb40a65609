/**
 * APIs of other programs, served from our data so that their clients work unmodified. Belongs here: which there are, their
 * settings, what several of them share; each has a package of its own below. Does not belong here: our own API, and where
 * data comes from.
 */
@NullMarked
package io.marketbrain.facade;

import org.jspecify.annotations.NullMarked;
