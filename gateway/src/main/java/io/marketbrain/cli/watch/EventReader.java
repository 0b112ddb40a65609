package io.marketbrain.cli.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads the server-sent events that are written to it. Not thread-safe. */
final class EventReader extends OutputStream {
    private final Receiver receiver;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private String id = "";
    private String event = "";
    private final StringBuilder data = new StringBuilder();

    /** Takes one event. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes it.
         *
         * @param data the JSON object of the event
         */
        void receive(String id, String event, String data) throws IOException;
    }

    EventReader(Receiver receiver) {
        this.receiver = receiver;
    }

    /** The id of the last event; empty before the first. */
    String lastId() {
        return id;
    }

    @Override
    public void write(int b) throws IOException {
        if (b == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            ended(text);
        } else {
            line.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private void ended(String text) throws IOException {
        if (text.isEmpty()) {
            if (!data.isEmpty()) {
                String whole = data.toString();
                data.setLength(0);
                receiver.receive(id, event, whole);
            }
        } else if (text.startsWith("id: ")) {
            id = text.substring("id: ".length());
        } else if (text.startsWith("event: ")) {
            event = text.substring("event: ".length());
        } else if (text.startsWith("data: ")) {
            data.append(text, "data: ".length(), text.length());
        }
    }
}
