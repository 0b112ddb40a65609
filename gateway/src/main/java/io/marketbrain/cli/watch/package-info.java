/** {@code brain watch}: events of a stream, as lines that change in a terminal or as NDJSON. */
@NullMarked
package io.marketbrain.cli.watch;

import org.jspecify.annotations.NullMarked;
