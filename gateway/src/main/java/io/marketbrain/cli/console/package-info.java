/**
 * What commands share: the streams and the environment they run in, their common options, the settings they load, tables
 * and output formats, exit codes, and access to a running gateway.
 */
@NullMarked
package io.marketbrain.cli.console;

import org.jspecify.annotations.NullMarked;
