package io.marketbrain.provider;

import io.marketbrain.json.MalformedPayload;
import java.util.List;

/** How to ask a provider which instruments it has, as pure functions. */
public interface SymbolDirectory {
    ProviderRequest request();

    /** The instruments in a payload of status 200. */
    List<ListedPair> parse(RawPayload raw) throws MalformedPayload;
}
