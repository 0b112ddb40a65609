/**
 * The commands of {@code brain}, one class each, except {@code doctor}, which has its own package. A command reads its
 * options, asks a running gateway or one inside this process, and prints.
 */
@NullMarked
package io.marketbrain.cli.commands;

import org.jspecify.annotations.NullMarked;
