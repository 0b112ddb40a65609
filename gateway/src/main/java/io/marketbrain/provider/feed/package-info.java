/**
 * Feeds: what providers send over WebSockets, as one kind of signals, and the connection that all subscriptions to a provider
 * share. Belongs here: the contract of {@link io.marketbrain.provider.feed.FeedAdapter}, order books rebuilt from changes,
 * reconnecting, stalls. Does not belong here: a provider's own texts, sockets of a library.
 */
@NullMarked
package io.marketbrain.provider.feed;

import org.jspecify.annotations.NullMarked;
