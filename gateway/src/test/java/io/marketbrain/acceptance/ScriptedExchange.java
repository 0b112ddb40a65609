package io.marketbrain.acceptance;

import io.marketbrain.acceptance.ScriptedMarket.Bar;
import io.marketbrain.acceptance.ScriptedMarket.Print;
import io.marketbrain.api.ContractDocument;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * An exchange that trades by a script from a seed and speaks as Binance and Bitget do, over REST and WebSocket. Its clock has an offset
 * and a speed of its own, its feed is a little behind its requests, and its connections can be cut.
 */
final class ScriptedExchange implements AutoCloseable {
    /** How far the feed is behind, on average half of it. */
    private static final int MAX_LATENCY_MILLIS = 120;

    private static final long ROUND_MILLIS = 20;

    private final PlaybackServer server = PlaybackServer.start();
    private final Map<String, ScriptedMarket> markets = new HashMap<>();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final long offsetMillis;
    private final int speed;
    private final long startedMillis = System.currentTimeMillis();
    private final Random random;
    private final Random latencies;
    private final Thread loop;
    private volatile int brokenRequests;
    private volatile boolean closed;
    private volatile boolean trading = true;

    /** One connection to the feed. */
    private static final class Session {
        private final WebSocketAnswer.Peer peer;
        private final Map<String, Long> sent = new ConcurrentHashMap<>();

        Session(WebSocketAnswer.Peer peer) {
            this.peer = peer;
        }

        synchronized void send(String text) throws IOException {
            peer.send(text);
        }
    }

    /**
     * @param offsetMillis how far its clock is ahead
     * @param speed how many times as fast as others its clock runs
     * @param perSecond trades of an instrument in a second of real time
     */
    ScriptedExchange(long seed, long offsetMillis, int speed, double perSecond, String... symbols) {
        this.offsetMillis = offsetMillis;
        this.speed = speed;
        this.random = new Random(seed);
        this.latencies = new Random(seed + 1);
        for (String symbol : symbols) {
            markets.put(symbol, new ScriptedMarket(random.nextLong(), perSecond / speed, now()));
        }
        server.on("/stream", new WebSocketAnswer(peer -> serve(peer, this::binance)))
                .on("/v2/ws/public", new WebSocketAnswer(peer -> serve(peer, this::bitget)))
                .on("/api/v3/trades", rest(this::binanceTrades))
                .on("/api/v3/ticker/24hr", rest(this::binanceTicker))
                .on("/api/v3/klines", rest(this::binanceBars))
                .on("/api/v2/spot/market/history-candles", rest(this::bitgetBars));
        loop = Thread.ofPlatform().daemon().start(this::run);
    }

    String url() {
        return server.url().toString();
    }

    PlaybackServer server() {
        return server;
    }

    ScriptedMarket market(String symbol) {
        return markets.get(symbol);
    }

    /** How many connections to the feed were opened. */
    int opened() {
        return opened.get();
    }

    /** Whether something is subscribed to. */
    boolean connected() {
        return sessions.stream().anyMatch(session -> !session.sent.isEmpty());
    }

    long now() {
        return startedMillis + offsetMillis + (System.currentTimeMillis() - startedMillis) * speed;
    }

    /** Cuts every connection to the feed. */
    void cut() {
        sessions.forEach(session -> {
            try {
                session.peer.reset();
            } catch (IOException e) {
                // it is cut already
            }
        });
    }

    /** From now on, so many of a hundred requests are cut in the middle of the response. */
    void breakRequests(int percent) {
        brokenRequests = percent;
    }

    /** Ends trading; the clock goes on. */
    void stopTrading() {
        trade();
        trading = false;
    }

    /** Trades up to now; returns when that is. */
    private long trade() {
        long now = now();
        if (trading) {
            markets.values().forEach(market -> market.advanceTo(now));
        }
        return now;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        loop.join();
        server.close();
    }

    // ---- the feed ----

    /** What a client's message subscribes to; the response to it. */
    private interface Dialect {
        String received(Session session, String message);
    }

    private void serve(WebSocketAnswer.Peer peer, Dialect dialect) throws IOException {
        opened.incrementAndGet();
        var session = new Session(peer);
        sessions.add(session);
        try {
            while (true) {
                session.send(dialect.received(session, peer.receive()));
            }
        } finally {
            sessions.remove(session);
        }
    }

    private String binance(Session session, String message) {
        JsonNode json = ContractDocument.JSON.readTree(message);
        for (JsonNode name : json.get("params")) {
            String stream = name.asString();
            String symbol = stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT);
            change(session, json.get("method").asString().equals("SUBSCRIBE"), stream, symbol);
        }
        return "{\"result\":null,\"id\":1}";
    }

    private String bitget(Session session, String message) {
        if (message.equals("ping")) {
            return "pong";
        }
        JsonNode json = ContractDocument.JSON.readTree(message);
        for (JsonNode arg : json.get("args")) {
            String symbol = arg.get("instId").asString();
            change(session, json.get("op").asString().equals("subscribe"), symbol, symbol);
        }
        return "{\"event\":\"subscribe\",\"arg\":" + json.get("args").get(0) + "}";
    }

    private void change(Session session, boolean subscribe, String stream, String symbol) {
        if (!subscribe) {
            session.sent.remove(stream);
        } else if (stream.contains("@kline_")) {
            session.sent.put(stream, Math.floorDiv(now(), 1000L));
        } else {
            session.sent.put(stream, markets.get(symbol).latest(1).getFirst().number());
        }
    }

    private void run() {
        while (!closed) {
            long behind = latencies.nextInt(MAX_LATENCY_MILLIS) * (long) speed;
            long upTo = trade() - behind;
            for (Session session : sessions) {
                session.sent.forEach((stream, last) -> send(session, stream, last, upTo));
            }
            try {
                Thread.sleep(ROUND_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void send(Session session, String stream, long last, long upTo) {
        try {
            long sent = stream.contains("@kline_")
                    ? sendBars(session, stream, last, upTo)
                    : sendTrades(session, stream, last, upTo);
            session.sent.computeIfPresent(stream, (_, _) -> sent);
        } catch (IOException e) {
            session.sent.clear();
        }
    }

    private long sendTrades(Session session, String stream, long last, long upTo) throws IOException {
        boolean binance = stream.endsWith("@trade");
        String symbol = binance ? stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT) : stream;
        long sent = last;
        for (Print print : markets.get(symbol).after(last)) {
            if (print.millis() > upTo) {
                break;
            }
            session.send(binance ? binanceTrade(stream, symbol, print) : bitgetTrade(symbol, print));
            sent = print.number();
        }
        return sent;
    }

    private static String binanceTrade(String stream, String symbol, Print print) {
        return "{\"stream\":\"" + stream + "\",\"data\":{\"e\":\"trade\",\"E\":" + print.millis() + ",\"s\":\"" + symbol
                + "\",\"t\":" + print.number() + ",\"p\":\"" + print.price() + "\",\"q\":\"" + print.size()
                + "\",\"T\":" + print.millis() + ",\"m\":" + print.sell() + ",\"M\":true}}";
    }

    private static String bitgetTrade(String symbol, Print print) {
        return "{\"action\":\"update\",\"arg\":{\"instType\":\"SPOT\",\"channel\":\"trade\",\"instId\":\"" + symbol
                + "\"},\"data\":[{\"ts\":\"" + print.millis() + "\",\"price\":\"" + print.price() + "\",\"size\":\""
                + print.size() + "\",\"side\":\"" + (print.sell() ? "sell" : "buy") + "\",\"tradeId\":\""
                + print.number() + "\"}]}";
    }

    /** Sends the bars of seconds that are over, and the open one now and then. */
    private long sendBars(Session session, String stream, long last, long upTo) throws IOException {
        String symbol = stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT);
        long second = last;
        for (; (second + 1) * 1000 <= upTo; second++) {
            session.send(binanceBar(stream, symbol, markets.get(symbol).bar(second * 1000, 1000, upTo), true));
        }
        if (upTo % 5 == 0) {
            session.send(binanceBar(stream, symbol, markets.get(symbol).bar(second * 1000, 1000, upTo), false));
        }
        return second;
    }

    private static String binanceBar(String stream, String symbol, Bar bar, boolean over) {
        return "{\"stream\":\"" + stream + "\",\"data\":{\"e\":\"kline\",\"E\":" + (bar.openMillis() + 999)
                + ",\"s\":\"" + symbol + "\",\"k\":{\"t\":" + bar.openMillis() + ",\"T\":" + (bar.openMillis() + 999)
                + ",\"s\":\"" + symbol + "\",\"i\":\"1s\",\"o\":\"" + bar.open() + "\",\"c\":\"" + bar.close()
                + "\",\"h\":\"" + bar.high() + "\",\"l\":\"" + bar.low() + "\",\"v\":\"" + text(bar.volume())
                + "\",\"n\":" + bar.trades() + ",\"x\":" + over + ",\"q\":\"" + text(bar.quoteVolume()) + "\"}}}";
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }

    // ---- requests ----

    /** The body of a response. */
    private interface Body {
        String of(Map<String, String> parameters);
    }

    private PlaybackServer.Answer rest(Body body) {
        return (asked, line) -> {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.ofEpochMilli(trade()).atOffset(ZoneOffset.UTC));
            byte[] bytes = body.of(asked.parameters()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            if (brokenRequests > 0 && latencies.nextInt(100) < brokenRequests) {
                PlaybackServer.reset(bytes).send(asked, line);
            } else {
                PlaybackServer.reply(200, Map.of("Content-Type", "application/json", "Date", date), bytes)
                        .send(asked, line);
            }
        };
    }

    private String binanceTrades(Map<String, String> parameters) {
        List<String> rows = new ArrayList<>();
        for (Print print : markets.get(parameters.get("symbol")).latest(Integer.parseInt(parameters.get("limit")))) {
            rows.add("{\"id\":" + print.number() + ",\"price\":\"" + print.price() + "\",\"qty\":\"" + print.size()
                    + "\",\"quoteQty\":\"" + text(print.price().multiply(print.size())) + "\",\"time\":"
                    + print.millis() + ",\"isBuyerMaker\":" + print.sell() + ",\"isBestMatch\":true}");
        }
        return "[" + String.join(",", rows) + "]";
    }

    private String binanceTicker(Map<String, String> parameters) {
        Print last = markets.get(parameters.get("symbol")).latest(1).getFirst();
        return "{\"symbol\":\"" + parameters.get("symbol") + "\",\"lastPrice\":\"" + last.price() + "\",\"bidPrice\":\""
                + last.price() + "\",\"askPrice\":\"" + last.price() + "\",\"closeTime\":" + last.millis() + "}";
    }

    private String binanceBars(Map<String, String> parameters) {
        ScriptedMarket market = markets.get(parameters.get("symbol"));
        long from = Long.parseLong(parameters.getOrDefault("startTime", Long.toString(now() - 500_000)));
        long to = Math.min(now(), Long.parseLong(parameters.getOrDefault("endTime", Long.toString(Long.MAX_VALUE))));
        List<String> rows = opens(market, from, to, 1000)
                .limit(Integer.parseInt(parameters.get("limit")))
                .mapToObj(open -> market.bar(open, 1000, now()))
                .map(bar -> "[" + bar.openMillis() + ",\"" + bar.open() + "\",\"" + bar.high() + "\",\"" + bar.low()
                        + "\",\"" + bar.close() + "\",\"" + text(bar.volume()) + "\"," + (bar.openMillis() + 999)
                        + ",\"" + text(bar.quoteVolume()) + "\"," + bar.trades() + ",\"0\",\"0\",\"0\"]")
                .toList();
        return "[" + String.join(",", rows) + "]";
    }

    private String bitgetBars(Map<String, String> parameters) {
        ScriptedMarket market = markets.get(parameters.get("symbol"));
        long to =
                Math.min(now(), Long.parseLong(parameters.getOrDefault("endTime", Long.toString(Long.MAX_VALUE))) - 1);
        long[] opens = opens(market, now() - 12_000_000, to, 60_000).toArray();
        int limit = Integer.parseInt(parameters.get("limit"));
        List<String> rows = new ArrayList<>();
        for (int i = Math.max(0, opens.length - limit); i < opens.length; i++) {
            Bar bar = market.bar(opens[i], 60_000, now());
            rows.add("[\"" + bar.openMillis() + "\",\"" + bar.open() + "\",\"" + bar.high() + "\",\"" + bar.low()
                    + "\",\"" + bar.close() + "\",\"" + text(bar.volume()) + "\",\"" + text(bar.quoteVolume())
                    + "\",\"" + text(bar.quoteVolume()) + "\"]");
        }
        return "{\"code\":\"00000\",\"msg\":\"success\",\"data\":[" + String.join(",", rows) + "]}";
    }

    /** The starts of periods between two instants, from the one in which trading began: the feed has its bar, too. */
    private static LongStream opens(ScriptedMarket market, long from, long to, long period) {
        long first =
                Math.max(Math.floorDiv(from + period - 1, period), Math.floorDiv(market.began(), period));
        return LongStream.rangeClosed(first, Math.floorDiv(to, period)).map(number -> number * period);
    }
}
