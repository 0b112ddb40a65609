/** Quotes, order books, trades, series and news as rows: of a table, a CSV or NDJSON. */
@NullMarked
package io.marketbrain.cli.rows;

import org.jspecify.annotations.NullMarked;
