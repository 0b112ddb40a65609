package io.marketbrain.facade;

import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.util.List;

/** Makes messages of an emulated API of the events of one of our channels, for one client. Not thread-safe. */
public interface ChannelMessages {
    /**
     * The messages of an event with data, in UTF-8; none where it has nothing new.
     *
     * @param snapshot whether it is the state at a beginning, whose trades happened before
     */
    List<byte[]> of(JsonValue data, boolean snapshot) throws MalformedPayload;
}
