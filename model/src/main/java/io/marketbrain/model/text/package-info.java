/**
 * The one place where texts from outside are checked: those of providers' payloads and of descriptors. Identifiers are
 * accepted or refused as they are; prose is cleaned and cut.
 */
@NullMarked
package io.marketbrain.model.text;

import org.jspecify.annotations.NullMarked;
