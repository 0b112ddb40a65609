/** The command line: its commands, their options and their output. */
@NullMarked
package io.marketbrain.cli;

import org.jspecify.annotations.NullMarked;
