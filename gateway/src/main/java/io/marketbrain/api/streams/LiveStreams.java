package io.marketbrain.api.streams;

import io.marketbrain.pipeline.stream.ChannelFinder;
import io.marketbrain.stream.StreamHub;

/** What the paths of streams need: the hub that all clients share, and the channels that providers have. */
public record LiveStreams(StreamHub hub, ChannelFinder channels) {}
