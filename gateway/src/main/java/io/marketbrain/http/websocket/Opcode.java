package io.marketbrain.http.websocket;

import org.jspecify.annotations.Nullable;

/** The kinds of frames (RFC 6455, 11.8). */
enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private static final int FIRST_CONTROL = 8;

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean control() {
        return number >= FIRST_CONTROL;
    }

    static @Nullable Opcode of(int number) {
        for (Opcode opcode : values()) {
            if (opcode.number == number) {
                return opcode;
            }
        }
        return null;
    }
}
