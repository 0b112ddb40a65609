/**
 * HTTP to providers: the shared client, limits on bodies and redirects, and what network errors mean. The only owner of
 * {@code java.net.http}. Adapters never see it.
 */
@NullMarked
package io.marketbrain.provider.transport;

import org.jspecify.annotations.NullMarked;
