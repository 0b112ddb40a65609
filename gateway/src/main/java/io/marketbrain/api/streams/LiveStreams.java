package io.marketbrain.api.streams;

import io.marketbrain.http.websocket.WebSocketConfig;
import io.marketbrain.pipeline.stream.ChannelFinder;
import io.marketbrain.stream.StreamHub;

/** What the paths of streams need: the hub that all clients share, the channels that providers have, limits of WebSockets. */
public record LiveStreams(StreamHub hub, ChannelFinder channels, WebSocketConfig webSockets) {}
