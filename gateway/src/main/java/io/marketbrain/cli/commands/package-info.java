/**
 * The commands of {@code brain}, one class each, except {@code doctor}, which has its own package. A command reads its
 * options, calls a running gateway or one inside this process, and prints the result.
 */
@NullMarked
package io.marketbrain.cli.commands;

import org.jspecify.annotations.NullMarked;
