package io.marketbrain.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What a {@link HostileRedis} sends instead of a reply. */
enum RedisGarbage {
    HUGE_TEXT("$2147483647\r\n"),
    LARGE_TEXT("$536870912\r\n", "x".repeat(4096), 1024),
    HUGE_ARRAY("*2147483647\r\n"),
    MANY_ELEMENTS("*1000000\r\n", ":1\r\n", 1_000_000),
    LARGE_TEXTS_IN_AN_ARRAY("*5000\r\n", "$1000000\r\n" + "x".repeat(1_000_000) + "\r\n", 5000),
    ERRORS_IN_AN_ARRAY("*60000\r\n", "-ERR one of many\r\n", 60_000),
    MALFORMED_ERROR_IN_AN_ARRAY("*1\r\n-MOVED\r\n"),
    NEGATIVE_TEXT("$-5\r\n"),
    NEGATIVE_ARRAY("*-7\r\n"),
    ENDLESS_LINE("+", "x".repeat(4096), 1 << 16),
    ENDLESS_ERROR("-ERR ", "x".repeat(4096), 1 << 16),
    ENDLESS_NUMBER(":", "1".repeat(4096), 1 << 16),
    DEEP_ARRAYS("", "*1\r\n", 100_000),
    WIDE_AND_DEEP_ARRAYS("", "*1000\r\n", 100_000),
    UNKNOWN_TYPE("?\r\n"),
    RESP3_MAP("%2147483647\r\n"),
    RESP3_PUSH(">2\r\n+message\r\n+x\r\n"),
    HTTP("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    A_NUMBER(":1\r\n"),
    A_STATUS("+surprise\r\n"),
    NOTHING_FOUND("$-1\r\n"),
    ANOTHER_ARRAY("*5\r\n*0\r\n:-9223372036854775808\r\n$-1\r\n+\r\n:9223372036854775807\r\n"),
    FIVE_NUMBERS("*5\r\n:-1\r\n:-1\r\n:-1\r\n:0\r\n:-1\r\n"),
    LARGEST_NUMBERS("*5\r\n" + ":9223372036854775807\r\n".repeat(5)),
    AN_ERROR("-ERR unknown command\r\n"),
    MOVED_ELSEWHERE("-MOVED 5 127.0.0.1:1\r\n"),
    MOVED_TO_NO_SLOT("-MOVED 99999999 127.0.0.1:1\r\n"),
    MALFORMED_MOVED("-MOVED\r\n"),
    MALFORMED_ASK("-ASK x y\r\n"),
    TRUNCATED("*5\r\n:1\r\n$100\r\nabc") {
        @Override
        void write(OutputStream out, Random random) throws IOException, InterruptedException {
            super.write(out, random);
            throw new IOException("the connection is closed");
        }
    },
    CLOSED("") {
        @Override
        void write(OutputStream out, Random random) throws IOException {
            throw new IOException("the connection is closed");
        }
    },
    RANDOM_BYTES("") {
        @Override
        void write(OutputStream out, Random random) throws IOException {
            byte[] bytes = new byte[100_000];
            random.nextBytes(bytes);
            out.write(bytes);
        }
    },
    NO_REPLY(""),
    ONE_BYTE_A_SECOND("") {
        @Override
        void write(OutputStream out, Random random) throws IOException, InterruptedException {
            for (byte b :
                    "*5\r\n$1000\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".getBytes(StandardCharsets.US_ASCII)) {
                out.write(b);
                out.flush();
                TimeUnit.SECONDS.sleep(1);
            }
        }
    };

    private final String first;
    private final String then;
    private final int times;

    RedisGarbage(String only) {
        this(only, "", 0);
    }

    RedisGarbage(String first, String then, int times) {
        this.first = first;
        this.then = then;
        this.times = times;
    }

    /** Whether it shows that Redis cannot be used; an error concerns a single command. */
    boolean isFault() {
        return this != AN_ERROR;
    }

    /** Writes it; fails if the gateway has closed the connection, or where the connection is to be closed. */
    void write(OutputStream out, Random random) throws IOException, InterruptedException {
        out.write(first.getBytes(StandardCharsets.US_ASCII));
        byte[] more = then.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < times; i++) {
            out.write(more);
        }
        out.flush();
    }
}
