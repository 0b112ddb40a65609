/**
 * HTTP to providers: the shared client, limits on bodies and redirects, and what network errors mean. The only owner of
 * {@code java.net.http}. Adapters never see it. Belongs here: everything
 * about connections, credentials on the wire and reading bodies. Does not belong here: what a body means.
 */
@NullMarked
package io.marketbrain.provider.transport;

import org.jspecify.annotations.NullMarked;
