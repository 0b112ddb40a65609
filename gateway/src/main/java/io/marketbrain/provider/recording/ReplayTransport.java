package io.marketbrain.provider.recording;

import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.Call;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Outcome;
import io.marketbrain.provider.ProviderRequest;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.Descriptor;
import java.util.Optional;

/**
 * Answers requests from a recording, byte for byte, and never from the network. A request that was not recorded is an
 * {@link Failure.Unsupported} that names it and the recorded one that is most like it. Reads a file; otherwise does not
 * block. Thread-safe.
 */
public final class ReplayTransport implements Transport {
    private final Descriptor descriptor;
    private final RecordingArchive archive;
    private final ReplayClock clock;

    public ReplayTransport(Descriptor descriptor, RecordingArchive archive, ReplayClock clock) {
        this.descriptor = descriptor;
        this.archive = archive;
        this.clock = clock;
    }

    @Override
    public Outcome<RawPayload> exchange(ProviderRequest request, Call call) {
        var asked = RequestKey.of(descriptor, request);
        Optional<RecordedExchange> found = archive.findNext(asked);
        if (found.isEmpty()) {
            return Outcome.failed(new Failure.Unsupported(
                    descriptor.id(),
                    "the recording of " + descriptor.id() + " has no response to " + asked + archive.until()
                            + archive.findNearest(asked)
                                    .map(nearest -> "; the nearest is " + nearest)
                                    .orElse("")));
        }
        RecordedExchange exchange = found.get();
        try {
            return Outcome.success(exchange.payload(clock.receivedAt(exchange), request.limits()));
        } catch (UnreadableFile e) {
            return Outcome.failed(new Failure.Malformed(
                    descriptor.id(), "the recording " + exchange.name() + " of " + descriptor.id() + " " + e.reason()));
        }
    }

    @Override
    public String toString() {
        return "a recording";
    }
}
