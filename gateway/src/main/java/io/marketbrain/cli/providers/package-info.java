/**
 * The commands below {@code brain providers} that write, try and switch on a provider. Belongs here: questions to the user, and
 * what is proposed from a sample. Does not belong here: what a descriptor means, which is {@code provider.mapping}.
 */
@NullMarked
package io.marketbrain.cli.providers;

import org.jspecify.annotations.NullMarked;
