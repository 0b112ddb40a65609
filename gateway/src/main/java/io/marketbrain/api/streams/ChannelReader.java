package io.marketbrain.api.streams;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamKind;
import io.marketbrain.pipeline.stream.ChannelFinder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The channels that a client means by symbols and kinds. Thread-safe. */
final class ChannelReader {
    private final SymbolResolver resolver;
    private final ChannelFinder channels;
    private final int most;

    /** @param most how many channels a client may name */
    ChannelReader(SymbolResolver resolver, ChannelFinder channels, int most) {
        this.resolver = resolver;
        this.channels = channels;
        this.most = most;
    }

    /** Every kind of every symbol; fails with the failure of the first that there is not. */
    Outcome<List<Channel>> read(List<String> symbols, List<String> kinds) {
        if (symbols.isEmpty()) {
            return Outcome.failed(new Failure.InvalidQuery(
                    "symbols", "", "provider:symbol, separated by commas, such as binance:BTCUSDT,kraken:ETH/EUR"));
        }
        List<StreamKind> wanted = new ArrayList<>();
        for (String kind : kinds) {
            switch (StreamKinds.find(kind)) {
                case Outcome.Success<StreamKind>(StreamKind found) -> wanted.add(found);
                case Outcome.Failed<StreamKind>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
            }
        }
        List<StreamKind> all = wanted.isEmpty() ? StreamKinds.DEFAULT : wanted;
        if ((long) symbols.size() * all.size() > most) {
            return Outcome.failed(new Failure.InvalidQuery(
                    "symbols",
                    EchoedText.of(String.join(",", symbols)),
                    "at most " + most + " subscriptions: symbols times kinds"));
        }
        Set<Channel> found = new LinkedHashSet<>();
        for (String symbol : symbols) {
            for (StreamKind kind : all) {
                switch (channel(symbol, kind)) {
                    case Outcome.Success<Channel>(Channel channel) -> found.add(channel);
                    case Outcome.Failed<Channel>(Failure failure) -> {
                        return Outcome.failed(failure);
                    }
                }
            }
        }
        return Outcome.success(List.copyOf(found));
    }

    private Outcome<Channel> channel(String symbol, StreamKind kind) {
        return resolver.findListed(symbol)
                .then(listed -> channels.find(new Channel(listed.provider(), listed.instrument(), kind)));
    }

    /** The items of a list separated by commas, given once or repeatedly. */
    static List<String> items(List<String> values) {
        List<String> items = new ArrayList<>();
        for (String value : values) {
            for (String item : value.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return items;
    }
}
