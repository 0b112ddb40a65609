/**
 * SQLite files for state that must survive a crash, opened when first used. The only owner of {@code java.sql}.
 */
@NullMarked
package io.marketbrain.store.sqlite;

import org.jspecify.annotations.NullMarked;
