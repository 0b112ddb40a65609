/**
 * The descriptors that the gateway's user adds in a folder: found, checked whole, and refused one by one. Belongs here:
 * reading that folder. Does not belong here: what a descriptor may say, which is {@code provider.descriptor} and {@code
 * provider.mapping}.
 */
@NullMarked
package io.marketbrain.config.descriptors;

import org.jspecify.annotations.NullMarked;
