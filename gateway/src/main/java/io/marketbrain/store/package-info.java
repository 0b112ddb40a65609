/**
 * State outside the process. Sub-packages own the connections, one for each kind of store.
 */
@NullMarked
package io.marketbrain.store;

import org.jspecify.annotations.NullMarked;
