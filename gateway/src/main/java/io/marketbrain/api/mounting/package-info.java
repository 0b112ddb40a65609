/**
 * Other APIs that are served beside our own, each below a prefix: how they are mounted, and what they ask through. Belongs
 * here: prefixes, the shape of their errors, the services they share. Does not belong here: any of those APIs.
 */
@NullMarked
package io.marketbrain.api.mounting;

import org.jspecify.annotations.NullMarked;
