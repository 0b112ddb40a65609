/** Scripts with which a shell completes commands, options and their values. */
@NullMarked
package io.marketbrain.cli.completion;

import org.jspecify.annotations.NullMarked;
