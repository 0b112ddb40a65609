/** What OpenBB Workspace reads from a custom backend: its widgets, its apps, and the rows that they show. */
@NullMarked
package io.marketbrain.facade.openbb;

import org.jspecify.annotations.NullMarked;
