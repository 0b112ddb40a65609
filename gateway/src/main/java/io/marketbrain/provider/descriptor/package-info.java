/**
 * Provider descriptors: what is known about a provider before the first call, read strictly from
 * {@code providers/<id>.json}, and the rules by which a provider spells symbols. Does not belong here: building requests and
 * parsing responses; those are the adapters'.
 */
@NullMarked
package io.marketbrain.provider.descriptor;

import org.jspecify.annotations.NullMarked;
