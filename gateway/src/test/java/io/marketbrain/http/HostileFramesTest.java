package io.marketbrain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbered cases of frames that an echoing server must answer or reject, after the groups of the Autobahn suite. A case
 * is what the client sends and what must come back. Frames are written as first byte in hexadecimal and payload: {@code
 * 81 text}, with {@code 0x} for bytes, {@code *n} for n characters; {@code raw} sends bytes without a mask. A frame is {@code
 * unfinished} if a part of its payload is missing, which every later byte would belong to.
 */
@Timeout(120)
final @SuppressWarnings("StringSplitter") class HostileFramesTest {
    /** A WebSocket that is served by a thread of its own, and one without. */
    private static final List<String> PATHS = List.of("/ws", PushEcho.PATH);

    /** Frames up to this size are sent byte by byte as well. */
    private static final int MOST_SINGLE_BYTES = 300;

    /** What ends the description of a case whose last frame is not complete. */
    private static final String UNFINISHED = " unfinished";

    /** The codes after which the server waits for the client's close frame, for ever by the clock that stands still here. */
    private static final Set<Integer> WAITING = Set.of(1003, 1007, 1009);

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(request -> PushEcho.answers(request)
                ? PushEcho.answer(request)
                : WebSocketTest.answer(request, WebSocketTest::echo));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] sent(String text) {
        String[] parts = text.strip().split(" ", 2);
        if (parts[0].equals("raw")) {
            return HexFormat.of().parseHex(parts[1].replace(" ", ""));
        }
        return WebSocketClient.frame(HexFormat.fromHexDigits(parts[0]), payload(parts.length == 1 ? "" : parts[1]));
    }

    private static byte[] payload(String text) {
        if (text.startsWith("0x")) {
            return HexFormat.of().parseHex(text.substring(2).replace(" ", ""));
        }
        return (text.startsWith("*") ? "x".repeat(Integer.parseInt(text.substring(1))) : text).getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // 1 lengths
                "1.1  | 81 | text:",
                "1.2  | 81 *125 | text:*125",
                "1.3  | 81 *126 | text:*126",
                "1.4  | 81 *127 | text:*127",
                "1.5  | 81 *16384 | text:*16384",
                "1.6  | 81 *16385 | close:1009",
                "1.7  | raw 81 fe 00 05 00000000 68656c6c6f | close:1002",
                "1.8  | raw 81 ff 0000000000000005 00000000 68656c6c6f | close:1002",
                "1.9  | raw 81 ff 000000000000ffff 00000000 | close:1002",
                "1.10 | raw 81 ff 8000000000000000 00000000 | close:1002",
                "1.11 | raw 81 ff 7fffffffffffffff 00000000 | close:1009 unfinished",
                "1.12 | raw 81 ff 0000000080000000 00000000 | close:1009 unfinished",
                "1.13 | raw 81 fe 4001 00000000 | close:1009 unfinished",
                "1.14 | 82 | close:1003",
                "1.15 | 82 *100 | close:1003",
                "1.16 | 81 *128 | text:*128",
                "1.17 | 81 *65535 | close:1009",
                "1.18 | 81 *65536 | close:1009",
                // 2 pings and pongs
                "2.1  | 89 | pong:",
                "2.2  | 89 hello | pong:hello",
                "2.3  | 89 *125 | pong:*125",
                "2.4  | raw 89 fe 007e 00000000 | close:1002",
                "2.5  | raw 89 ff 0000000000010000 00000000 | close:1002",
                "2.6  | 8a ; 81 a | text:a",
                "2.7  | 8a unasked ; 89 b | pong:b",
                "2.8  | 89 1 ; 89 2 ; 89 3 | pong:1 ; pong:2 ; pong:3",
                "2.9  | 89 0xff00fe | pong:0xff00fe",
                "2.10 | raw 8a fe 007e 00000000 | close:1002",
                "2.11 | 89 1 ; 89 2 ; 89 3 ; 89 4 ; 89 5 ; 89 6 ; 89 7 ; 89 8 ; 89 9 ; 89 0 | pong:1 ; pong:2 ; pong:3 ; pong:4 ; pong:5 ; pong:6 ; pong:7 ; pong:8 ; pong:9 ; pong:0",
                // 3 reserved bits
                "3.1  | c1 a | close:1002",
                "3.2  | a1 a | close:1002",
                "3.3  | 91 a | close:1002",
                "3.4  | f1 a | close:1002",
                "3.5  | 81 a ; c9 | text:a ; close:1002",
                "3.6  | 98 0x03e8 | close:1002",
                "3.7  | 01 a ; c0 b | close:1002",
                "3.8  | b1 a | close:1002",
                "3.9  | d1 a | close:1002",
                "3.10 | e1 a | close:1002",
                "3.11 | f2 a | close:1002",
                "3.12 | 81 a ; da | text:a ; close:1002",
                "3.13 | e8 0x03e8 | close:1002",
                // 4 opcodes
                "4.1  | 83 | close:1002",
                "4.2  | 84 a | close:1002",
                "4.3  | 85 | close:1002",
                "4.4  | 86 | close:1002",
                "4.5  | 81 a ; 87 | text:a ; close:1002",
                "4.6  | 8b | close:1002",
                "4.7  | 8c a | close:1002",
                "4.8  | 8d | close:1002",
                "4.9  | 8e | close:1002",
                "4.10 | 81 a ; 8f | text:a ; close:1002",
                // 5 fragments
                "5.1  | 09 a ; 80 b | close:1002",
                "5.2  | 0a a ; 80 b | close:1002",
                "5.3  | 01 a ; 80 b | text:ab",
                "5.4  | 01 a ; 89 p ; 80 b | pong:p ; text:ab",
                "5.5  | 01 a ; 00 b ; 89 1 ; 00 c ; 89 2 ; 80 d | pong:1 ; pong:2 ; text:abcd",
                "5.6  | 80 a | close:1002",
                "5.7  | 00 a ; 80 b | close:1002",
                "5.8  | 01 a ; 81 b | close:1002",
                "5.9  | 01 a ; 01 b | close:1002",
                "5.10 | 81 a ; 80 b | text:a ; close:1002",
                "5.11 | 01 ; 00 ; 80 | text:",
                "5.12 | 01 ; 00 a ; 80 | text:a",
                "5.13 | 01 *8192 ; 80 *8192 | text:*16384",
                "5.14 | 01 *8192 ; 80 *8193 | close:1009",
                "5.15 | 01 *16384 ; 00 *1 | close:1009",
                "5.16 | 02 a | close:1003",
                "5.17 | 01 a ; 82 b | close:1002",
                "5.18 | 01 a ; 88 0x03e8 | close:1000",
                "5.19 | 08 0x03e8 | close:1002",
                "5.20 | 01 a ; 8a ; 80 b ; 81 c | text:ab ; text:c",
                "5.21 | 00 a ; 81 b | close:1002",
                "5.22 | 01 a ; 80 b ; 00 c ; 81 d | text:ab ; close:1002",
                "5.23 | 00 a ; 01 b ; 80 c | close:1002",
                "5.24 | 01 a ; 88 0x03e8 ; 80 b | close:1000",
                "5.25 | 01 *1300 ; 00 *1300 ; 00 *1300 ; 00 *1300 ; 00 *1300 ; 80 *1300 | text:*7800",
                // 6 UTF-8
                "6.1  | 81 κόσμε | text:κόσμε",
                "6.2  | 81 0xf09f9880 | text:😀",
                "6.3  | 01 0xf09f ; 80 0x9880 | text:😀",
                "6.4  | 01 0xf0 ; 00 0x9f ; 89 p ; 00 0x98 ; 80 0x80 | pong:p ; text:😀",
                "6.5  | 81 0xed9fbf | text:0xed9fbf",
                "6.6  | 81 0xee8080 | text:0xee8080",
                "6.7  | 81 0xf48fbfbf | text:0xf48fbfbf",
                "6.8  | 81 0xefbfbf | text:0xefbfbf",
                "6.9  | 81 0x00 | text:0x00",
                "6.10 | 81 0x80 | close:1007",
                "6.11 | 81 0xbf | close:1007",
                "6.12 | 81 0xc0af | close:1007",
                "6.13 | 81 0xc1bf | close:1007",
                "6.14 | 81 0xe08080 | close:1007",
                "6.15 | 81 0xe09fbf | close:1007",
                "6.16 | 81 0xf0808080 | close:1007",
                "6.17 | 81 0xf08fbfbf | close:1007",
                "6.18 | 81 0xeda080 | close:1007",
                "6.19 | 81 0xedbfbf | close:1007",
                "6.20 | 81 0xeda080edb080 | close:1007",
                "6.21 | 81 0xf4908080 | close:1007",
                "6.22 | 81 0xf5808080 | close:1007",
                "6.23 | 81 0xf8888080 80 | close:1007",
                "6.24 | 81 0xfe | close:1007",
                "6.25 | 81 0xff | close:1007",
                "6.26 | 81 0xc3 | close:1007",
                "6.27 | 81 0xf09f98 | close:1007",
                "6.28 | 81 0xc328 | close:1007",
                "6.29 | 81 0xe28228 | close:1007",
                // the rest of the message never comes
                "6.30 | 01 0xceba80 | close:1007",
                "6.31 | 01 0xf4 ; 00 0x90 | close:1007",
                "6.32 | 01 0xed ; 00 0xa0 | close:1007",
                "6.33 | raw 81 85 00000000 61 ff | close:1007 unfinished",
                // 7 closing
                "7.1  | 88 | close:1005",
                "7.2  | 88 0x03e8 | close:1000",
                "7.3  | 88 0x03e8c3a9 | close:1000",
                "7.4  | 88 0x03 | close:1002",
                "7.5  | 88 0x03e8ff | close:1007",
                "7.6  | 88 0x03e8c3 | close:1007",
                "7.7  | 88 0x03e8 ; 81 a | close:1000",
                "7.8  | 88 0x03e8 ; 89 | close:1000",
                "7.9  | 81 a ; 88 0x03e8 | text:a ; close:1000",
                "7.10 | raw 88 fe 007e 00000000 | close:1002",
                "7.11 | 88 0x03e8 ; 88 0x03e9 | close:1000",
                "7.12 | 81 *16384 ; 88 0x03e8 ; 89 a | text:*16384 ; close:1000",
                "7.13 | 88 0x03e8787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878 | close:1000",
                // 8 masks
                "8.1  | raw 81 00 | close:1002",
                "8.2  | raw 81 01 61 | close:1002",
                "8.3  | raw 89 00 | close:1002",
                "8.4  | raw 81 81 00000000 61 | text:a",
                "8.5  | raw 81 85 ffffffff 979a939390 | text:hello",
                "8.6  | 81 a ; raw 88 00 | text:a ; close:1002",
                // 9 something else than WebSocket
                "9.1  | raw 474554202f20485454502f312e310d0a0d0a | close:1002",
                "9.2  | raw 16030100a5010000a1 | close:1002",
                "9.3  | raw 00000000000000000000 | close:1002"
            })
    void answers_or_rejects(String numbered) throws Exception {
        String[] parts = numbered.split("\\|", 3);
        var frames = new ByteArrayOutputStream();
        for (String frame : parts[1].split(";")) {
            frames.writeBytes(sent(frame));
        }
        for (String path : PATHS) {
            try (WebSocketClient client = WebSocketClient.open(server.port(), path)) {
                client.send(frames.toByteArray());
                assertThat(answers(client, parts[2])).as(path).isEqualTo(expected(parts[2]));
            }
            if (frames.size() <= MOST_SINGLE_BYTES) {
                try (WebSocketClient client = WebSocketClient.open(server.port(), path)) {
                    for (byte one : frames.toByteArray()) {
                        client.send(new byte[] {one});
                    }
                    assertThat(answers(client, parts[2]))
                            .as(path + ", byte by byte")
                            .isEqualTo(expected(parts[2]));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void rejects_close_codes_that_must_not_be_sent(int code) throws Exception {
        for (String path : PATHS) {
            try (WebSocketClient client = WebSocketClient.open(server.port(), path)) {
                assertThat(client.close(code).next().code()).isEqualTo(1002);
                assertThat(client.ends()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void confirms_the_other_close_codes(int code) throws Exception {
        for (String path : PATHS) {
            try (WebSocketClient client = WebSocketClient.open(server.port(), path)) {
                assertThat(client.close(code).next().code()).isEqualTo(code);
                assertThat(client.ends()).isTrue();
            }
        }
    }

    /** What the server sends, as many frames as expected; after a close it must disconnect. */
    private static List<String> answers(WebSocketClient client, String expected) throws Exception {
        var answers = new ArrayList<String>();
        for (int i = 0; i < expected(expected).size(); i++) {
            WebSocketClient.Frame frame = client.next();
            answers.add(
                    switch (frame.opcode()) {
                        case 1 -> "text:" + hex(frame.payload());
                        case 8 -> "close:" + frame.code();
                        case 10 -> "pong:" + hex(frame.payload());
                        default -> "opcode " + frame.opcode();
                    });
            if (frame.opcode() == 8) {
                if (expected.endsWith(UNFINISHED)) {
                    client.endOutput();
                } else if (WAITING.contains(frame.code())) {
                    client.close(frame.code());
                }
                assertThat(client.ends()).isTrue();
            }
        }
        return answers;
    }

    private static List<String> expected(String text) {
        var expected = new ArrayList<String>();
        for (String part : text.replace(UNFINISHED, "").split(";")) {
            String[] kind = part.strip().split(":", 2);
            expected.add(kind[0] + ":" + (kind[0].equals("close") ? kind[1] : hex(payload(kind[1]))));
        }
        return expected;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
