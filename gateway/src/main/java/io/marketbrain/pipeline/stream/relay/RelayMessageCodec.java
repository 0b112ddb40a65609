package io.marketbrain.pipeline.stream.relay;

import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.Channel;
import io.marketbrain.model.stream.StreamEvent;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.FeedTransport;
import io.marketbrain.model.stream.StreamEvent.Snapshot;
import io.marketbrain.model.stream.StreamEvent.Status;
import io.marketbrain.model.stream.StreamEvent.Update;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Current;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Happened;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Heard;
import io.marketbrain.pipeline.stream.relay.RelayMessage.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of messages between gateways. Reading accepts any bytes, and data that cannot be of its channel is not accepted.
 * Thread-safe.
 */
final class RelayMessageCodec {
    /** The largest message. */
    static final int MAX_BYTES = 256 * 1024;

    /** The version of the form; each gateway shares feeds with those of the same version. */
    static final int VERSION = 1;

    private static final int CURRENT = 0;
    private static final int SNAPSHOT = 1;
    private static final int UPDATE = 2;
    private static final int GAP = 3;
    private static final int STATUS = 4;
    private static final int FAILED = 5;
    private static final int UNAVAILABLE = 6;
    private static final int HEARD = 7;

    private static final int MAX_FLAGS = 100;
    private static final int MAX_WORDS = 1000;

    private final DataCodec data;

    RelayMessageCodec(DataCodec data) {
        this.data = data;
    }

    /** The version of messages and of the data in them. */
    int version() {
        return VERSION * 1000 + data.version();
    }

    /** A message about the channel with this text. */
    byte[] encode(String channel, RelayMessage message) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(channel);
            switch (message) {
                case Current(Status status, Snapshot snapshot) -> {
                    out.writeByte(CURRENT);
                    out.writeBoolean(status != null);
                    if (status != null) {
                        write(out, status);
                    }
                    out.writeBoolean(snapshot != null);
                    if (snapshot != null) {
                        write(out, new Update(snapshot.data(), snapshot.receivedAt(), snapshot.flags()));
                    }
                }
                case Happened(StreamEvent event) -> write(out, event);
                case Heard(Instant at) -> {
                    out.writeByte(HEARD);
                    write(out, at);
                }
                case Unavailable() -> out.writeByte(UNAVAILABLE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void write(DataOutputStream out, StreamEvent event) throws IOException {
        switch (event) {
            case Snapshot(var content, var receivedAt, var flags) -> {
                out.writeByte(SNAPSHOT);
                write(out, new Update(content, receivedAt, flags));
            }
            case Update update -> {
                out.writeByte(UPDATE);
                write(out, update);
            }
            case StreamEvent.Gap(Instant from, Instant to, String reason) -> {
                out.writeByte(GAP);
                write(out, from);
                write(out, to);
                out.writeUTF(bounded(reason));
            }
            case Status status -> {
                out.writeByte(STATUS);
                write(out, status);
            }
            case StreamEvent.Failed(var failure) -> {
                out.writeByte(FAILED);
                FailureForm.write(out, failure);
            }
        }
    }

    private void write(DataOutputStream out, Update update) throws IOException {
        write(out, update.receivedAt());
        List<QualityFlag> flags = update.flags();
        out.writeByte(Math.min(flags.size(), MAX_FLAGS));
        for (QualityFlag flag : flags.subList(0, Math.min(flags.size(), MAX_FLAGS))) {
            out.writeUTF(bounded(flag.code()));
            out.writeUTF(bounded(flag.detail()));
        }
        byte[] encoded = data.encode(update.data());
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    private static void write(DataOutputStream out, Status status) throws IOException {
        out.writeUTF(status.state().name());
        out.writeUTF(status.mode().name());
        out.writeUTF(bounded(Objects.requireNonNullElse(status.reason(), "")));
        write(out, status.since());
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    static String bounded(String text) {
        return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) : text;
    }

    /** The text of the channel that a message is about; empty for what is no message. */
    static Optional<String> findChannel(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return Optional.of(in.readUTF());
        } catch (IOException invalid) {
            return Optional.empty();
        }
    }

    /** The message; empty for what is none, or has data that cannot be of the channel. */
    Optional<RelayMessage> decode(Channel channel, byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.readUTF();
            int type = in.readUnsignedByte();
            RelayMessage message = switch (type) {
                case CURRENT -> {
                    Status status = in.readBoolean() ? status(in) : null;
                    yield new Current(status, in.readBoolean() ? snapshot(channel, in) : null);
                }
                case HEARD -> new Heard(instant(in));
                case UNAVAILABLE -> new Unavailable();
                default -> new Happened(event(channel, type, in));
            };
            return in.read() < 0 ? Optional.of(message) : Optional.empty();
        } catch (IOException | RuntimeException invalid) {
            // The bytes are untrusted input, and any exception means that they are no message.
            return Optional.empty();
        }
    }

    private StreamEvent event(Channel channel, int type, DataInputStream in) throws IOException {
        return switch (type) {
            case SNAPSHOT -> snapshot(channel, in);
            case UPDATE -> update(channel, in);
            case GAP -> new StreamEvent.Gap(instant(in), instant(in), in.readUTF());
            case STATUS -> status(in);
            case FAILED -> new StreamEvent.Failed(FailureForm.read(in, channel));
            default -> throw new IOException("unknown type of message");
        };
    }

    private Snapshot snapshot(Channel channel, DataInputStream in) throws IOException {
        Update update = update(channel, in);
        return new Snapshot(update.data(), update.receivedAt(), update.flags());
    }

    private Update update(Channel channel, DataInputStream in) throws IOException {
        Instant receivedAt = instant(in);
        int count = in.readUnsignedByte();
        List<QualityFlag> flags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            flags.add(new QualityFlag(in.readUTF(), in.readUTF()));
        }
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length greater than what is there");
        }
        return new Update(
                data.decode(in.readNBytes(length))
                        .filter(content -> RelayedDataPolicy.fits(channel, content))
                        .orElseThrow(() -> new IOException("no data of the channel")),
                receivedAt,
                flags);
    }

    private static Status status(DataInputStream in) throws IOException {
        FeedState state = FeedState.valueOf(in.readUTF());
        Mode mode = Mode.valueOf(in.readUTF());
        String words = in.readUTF();
        @Nullable String reason = words.isEmpty() ? null : words;
        return new Status(state, mode, FeedTransport.RELAY, reason, instant(in));
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
