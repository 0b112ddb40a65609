package io.marketbrain.acceptance;

import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.PlaybackServer.Answer;
import io.marketbrain.provider.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Responses that a provider should never send: small ones that no parser may trip over, large ones that must be refused
 * before they take memory, and connections that misbehave. Independent of the provider, except {@link #grownFrom}.
 */
final class HostileBodies {
    private static final int MIB = 1 << 20;
    private static final String JSON = "application/json";

    private HostileBodies() {}

    /**
     * One hostile response.
     *
     * @param name what is wrong with it
     * @param canBeValid whether some operation may accept it, for example an empty list
     */
    record Hostile(String name, Answer answer, boolean canBeValid) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Responses of a few kilobytes at the most. */
    static List<Hostile> small() {
        List<Hostile> all = new ArrayList<>(List.of(
                maybe("nothing", ""),
                maybe("blanks", " \r\n\t "),
                maybe("null", "null"),
                maybe("true", "true"),
                maybe("a number", "0"),
                maybe("a text", "\"text\""),
                maybe("an empty list", "[]"),
                maybe("an empty object", "{}"),
                maybe("a list in a list", "[[]]"),
                maybe("a list of null", "[null]"),
                maybe("a list of empty objects", "[{},{}]"),
                maybe("rows of null", "[[null,null,null,null,null,null,null,null]]"),
                maybe("rows of texts", "[[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]]"),
                maybe("an error object", "{\"error\":[\"X\"],\"code\":-1,\"msg\":\"\\u202e\\u0000\"}"),
                bad("nesting within the limit", "[".repeat(60) + "]".repeat(60)),
                bad("nesting over the limit", "[".repeat(65) + "]".repeat(65)),
                bad("1 with an exponent of a million", "[1e999999]"),
                bad("1 with an exponent of minus a million", "[1e-999999]"),
                bad("NaN", "[NaN]"),
                bad("Infinity", "[-Infinity]"),
                bad("a leading zero", "[007]"),
                bad("a plus sign", "[+1]"),
                bad("a lone point", "[1.]"),
                bad("an open text", "[\"abc"),
                bad("an open list", "[1,2"),
                bad("an open object", "{\"a\":1"),
                bad("a comma too many", "[1,]"),
                bad("two documents", "{}{}"),
                bad("text after the document", "[] x"),
                bad("a comment", "/* */[]"),
                bad("single quotes", "{'a':1}"),
                bad("a name without quotes", "{a:1}"),
                bad("one name twice", "{\"price\":\"1\",\"price\":\"2\"}"),
                bad("half a surrogate pair", "[\"\\ud800\"]"),
                bad("a control character in a text", "[\"a\u0001b\"]"),
                bad("NUL bytes", "\0\0\0\0"),
                bad("a page", "<!DOCTYPE html><html><body>blocked</body></html>"),
                bad("an entity bomb", "<!DOCTYPE a [<!ENTITY b \"" + "&c;".repeat(500) + "\">]><a>&b;</a>"),
                bad("comma-separated values", "a,b\r\n1,2\r\n"),
                whole("UTF-16", JSON, "[1,2,3]".getBytes(StandardCharsets.UTF_16)),
                whole("bytes that are no UTF-8", JSON, new byte[] {'[', '"', (byte) 0xff, (byte) 0xc0, '"', ']'}),
                whole("random bytes", JSON, random(4096))));
        all.add(new Hostile("gzip that is not gzip", encoded("gzip", "[]".getBytes(StandardCharsets.UTF_8)), false));
        all.add(new Hostile("gzip that ends early", PlaybackServer.gzipCutShort(random(4096)), false));
        all.add(new Hostile("an unknown coding", encoded("br", random(100)), false));
        all.add(new Hostile("204", PlaybackServer.status(204, ""), true));
        all.add(new Hostile("206", PlaybackServer.status(206, "[]"), true));
        all.add(new Hostile("302 to itself", PlaybackServer.redirect(302, "/"), false));
        all.add(new Hostile("500", PlaybackServer.status(500, "{"), false));
        all.add(new Hostile("999", PlaybackServer.status(999, "{}"), false));
        return all;
    }

    /** Responses that would take many megabytes if they were read as they are. */
    static List<Hostile> large() {
        return List.of(
                gzip("8 kB of gzip with 4,000,000 numbers", "[", "1,", 4_000_000, "1]"),
                plainBody("2,000,000 numbers", "[", "1,", 2_000_000, "1]"),
                gzip("empty lists", "[", "[],", 2_000_000, "[]]"),
                gzip("empty objects", "[", "{},", 2_000_000, "{}]"),
                gzip("empty texts", "[", "\"\",", 2_000_000, "\"\"]"),
                gzip("lists in lists", "", "[", 4_000_000, ""),
                gzip("objects in objects", "", "{\"a\":", 1_000_000, ""),
                gzip("a text of 8 MB", "[\"", "x", 8 * MIB, "\"]"),
                gzip("a text of escapes", "[\"", "\\u0041", MIB, "\"]"),
                gzip("a name of 7 MB", "{\"", "x", 7 * MIB, "\":1}"),
                gzip("a number of 7 MB", "[", "1", 7 * MIB, "]"),
                gzip("300,000 members", "{\"first\":0", ",\"a\":1", 300_000, "}"),
                gzip("8 MB of blanks", "", " ", 8 * MIB, "[]"),
                new Hostile("64 MB of zeros in gzip", PlaybackServer.gzipBomb(64 * MIB), false),
                new Hostile("empty gzip members", encoded("gzip", emptyMembers(3000)), false),
                new Hostile("a body without an end", PlaybackServer.endless(), false),
                new Hostile(
                        "an error of 8 MB",
                        PlaybackServer.reply(400, Map.of("Content-Type", JSON), filled(8 * MIB, 'x')),
                        false));
    }

    /** Connections that break or stall. Each costs its request the whole time limit. */
    static List<Hostile> stalled() {
        byte[] body = "[1,2,3,4]".getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Hostile("silence", PlaybackServer.hang(), false),
                new Hostile("half a body and silence", PlaybackServer.hangInBody(body), false),
                new Hostile("half a body", PlaybackServer.cutShort(body), false),
                new Hostile(
                        "a byte now and then", PlaybackServer.drip(filled(1000, ' '), Duration.ofMillis(50)), false),
                new Hostile("a closed connection", PlaybackServer.hangUp(), false),
                new Hostile("a reset connection", PlaybackServer.reset(body), false),
                new Hostile("no HTTP", PlaybackServer.raw("SSH-2.0-x\r\n"), false),
                new Hostile(
                        "a negative length",
                        PlaybackServer.raw("HTTP/1.1 200 X\r\nContent-Length: -1\r\n\r\n[]"),
                        true),
                new Hostile(
                        "a chunk that is no number",
                        PlaybackServer.raw("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"),
                        false),
                new Hostile(
                        "a head of 4 MB",
                        PlaybackServer.raw("HTTP/1.1 200 X\r\nX: " + "x".repeat(4 * MIB) + "\r\n\r\n[]"),
                        false));
    }

    /** Recorded bodies with their first list repeated until they have a few megabytes, and cut in the middle. */
    static List<Hostile> grownFrom(List<Recording> recordings) {
        List<Hostile> all = new ArrayList<>();
        for (Recording recording : recordings) {
            String body = new String(recording.body(), StandardCharsets.UTF_8);
            int open = body.indexOf('[');
            int close = body.lastIndexOf(']');
            if (open >= 0 && close > open + 1) {
                String items = body.substring(open + 1, close);
                int times = 6 * MIB / items.length() + 1;
                String head = body.substring(0, open + 1);
                all.add(gzip(recording.name() + ", repeated", head, items + ",", times, items + body.substring(close)));
            }
            all.add(new Hostile(
                    recording.name() + ", cut in the middle",
                    PlaybackServer.json(Arrays.copyOf(recording.body(), recording.body().length / 2)),
                    false));
        }
        return all;
    }

    private static Hostile bad(String name, String body) {
        return new Hostile(name, PlaybackServer.json(body), false);
    }

    private static Hostile maybe(String name, String body) {
        return new Hostile(name, PlaybackServer.json(body), true);
    }

    private static Hostile whole(String name, String type, byte[] body) {
        return new Hostile(name, PlaybackServer.reply(200, Map.of("Content-Type", type), body), false);
    }

    private static Hostile plainBody(String name, String head, String repeated, int times, String tail) {
        return new Hostile(name, PlaybackServer.json(repeat(head, repeated, times, tail)), false);
    }

    private static Hostile gzip(String name, String head, String repeated, int times, String tail) {
        return new Hostile(name, PlaybackServer.gzip(repeat(head, repeated, times, tail)), false);
    }

    private static byte[] repeat(String head, String repeated, int times, String tail) {
        return (head + repeated.repeat(times) + tail).getBytes(StandardCharsets.UTF_8);
    }

    private static Answer encoded(String coding, byte[] body) {
        return PlaybackServer.reply(200, Map.of("Content-Encoding", coding), body);
    }

    private static byte[] filled(int size, char with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /** Members of gzip that contain nothing, one after another. */
    static byte[] emptyMembers(int count) {
        var one = new ByteArrayOutputStream();
        var all = new ByteArrayOutputStream();
        try {
            new GZIPOutputStream(one).close();
            for (int i = 0; i < count; i++) {
                one.writeTo(all);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }
}
