/** Ranges of candles as the command line writes them: line by line, with progress and the position to resume from. */
@NullMarked
package io.marketbrain.cli.candles;

import org.jspecify.annotations.NullMarked;
