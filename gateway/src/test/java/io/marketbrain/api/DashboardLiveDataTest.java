package io.marketbrain.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.WebSocketAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard with data of a live provider that has faults: missing and doubtful candles, doubtful and old quotes. */
class DashboardLiveDataTest {
    private static final int BARS = 200;

    /** Hours ago. */
    private static final int DOUBTFUL = 10;

    /** Hours ago, the latest of the five that are missing. */
    private static final int MISSING = 20;

    private static final int HIGHEST = 40;

    private final List<Bar> bars = new ArrayList<>();
    private final PlaybackServer upstream = PlaybackServer.start();

    @TempDir
    Path folder;

    private TestGateway gateway;
    private DashboardFixture browser;

    /** A candle of an hour. */
    private record Bar(Instant time, double open, double high, double low, double close, double volume) {
        String json() {
            return "[%d,\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",%d,\"15\",3,\"1\",\"1\",\"0\"]"
                    .formatted(
                            time.toEpochMilli(),
                            text(open),
                            text(high),
                            text(low),
                            text(close),
                            text(volume),
                            time.plus(Duration.ofHours(1)).toEpochMilli() - 1);
        }

        private static String text(double number) {
            return BigDecimal.valueOf(Math.round(number * 100), 2).toPlainString();
        }
    }

    @BeforeEach
    void start() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        for (int ago = BARS; ago >= 0; ago--) {
            double close = close(ago);
            double open = close(ago + 1);
            double high = Math.max(open, close) + (ago == DOUBTFUL ? -0.01 : ago == HIGHEST ? 40 : 0.5);
            if (ago < MISSING || ago >= MISSING + 5) {
                bars.add(new Bar(
                        now.minus(Duration.ofHours(ago)), open, high, Math.min(open, close) - 0.5, close, ago % 7 + 1));
            }
        }
        upstream.on("/api/v3/klines", (asked, line) -> {
            long from = Long.parseLong(asked.parameters().getOrDefault("startTime", "0"));
            long to = Long.parseLong(asked.parameters().getOrDefault("endTime", "9000000000000000"));
            List<String> rows = bars.stream()
                    .filter(bar ->
                            from <= bar.time().toEpochMilli() && bar.time().toEpochMilli() <= to)
                    .map(Bar::json)
                    .toList();
            PlaybackServer.json(rows.toString()).send(asked, line);
        });
        upstream.on("/stream", new WebSocketAnswer(DashboardLiveDataTest::quotes));
        gateway = TestGateway.with(
                folder,
                "BINANCE_MODE",
                "live",
                "BINANCE_BASE_URL",
                upstream.url().toString());
        browser = new DashboardFixture();
    }

    /** A crossed quote, and then silence. */
    private static void quotes(WebSocketAnswer.Peer peer) throws IOException {
        while (true) {
            if (peer.receive().contains("btcusdt@ticker")) {
                peer.send("""
                        {"stream":"btcusdt@ticker","data":{"e":"24hrTicker","E":%1$d,"s":"BTCUSDT","c":"100.00","Q":"1","b":"100.02",\
                        "B":"1","a":"99.99","A":"1","o":"99.00","h":"120.00","l":"80.00","v":"5","q":"500","C":%1$d}}""".formatted(System.currentTimeMillis()));
            }
        }
    }

    private static double close(int ago) {
        return 100 + Math.round(500 * Math.sin(ago * 0.7) + ago * 13 + ago * 7919 % 13 * 31) / 100.0;
    }

    @AfterEach
    void stop() {
        browser.close();
        gateway.close();
        upstream.close();
    }

    private Page open(String studies) {
        Page page = browser.open(gateway.port(), "#/market?s=binance:BTC/USDT&w=Mine~binance:BTC/USDT&ind=" + studies);
        assertThat(page.locator(".legend .when")).isVisible();
        return page;
    }

    @Test
    void missing_bars_are_hatched_doubtful_ones_marked_and_both_explained() {
        Page page = open("");
        assertThat(page.locator(".chart-head .badge")).hasText("live");
        assertThat(page.locator(".row .badge.live")).isVisible();
        assertThat(page.locator(".row .badge.flagged")).isVisible();
        assertThat(DashboardFixture.pixels(page, "--flag")).isGreaterThan(15);
        assertThat(DashboardFixture.watermarkPixels(page)).isZero();
        page.locator(".plot").focus();
        for (int i = 0; i < DOUBTFUL; i++) {
            page.keyboard().press("ArrowLeft");
        }
        assertThat(page.locator(".legend .flag")).containsText("inexact_ohlc");
        assertThat(hatched(page)).isLessThan(0.05);
        for (int i = DOUBTFUL; i < MISSING; i++) {
            page.keyboard().press("ArrowLeft");
        }
        assertThat(page.locator(".legend")).containsText("5 bars are missing from ");
        assertThat(hatched(page)).isGreaterThan(0.15);
        DashboardFixture.picture(page, "dashboard-faults.png");
    }

    @Test
    void the_layers_of_a_live_provider_fit_into_every_screen() {
        Page page = open("");
        page.keyboard().press("4");
        page.locator(".page-head button").click();
        assertThat(page.locator(".branch")
                        .filter(new Locator.FilterOptions().setHasText("binance"))
                        .first()
                        .locator(".layer"))
                .hasCount(11);
        for (int width : List.of(1400, 800, 390)) {
            page.setViewportSize(width, 860);
            assertThat((List<?>) page.evaluate("""
                    [...document.querySelectorAll('.layer > button')]
                        .filter(one => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > innerWidth)
                        .map(one => one.textContent)
                    """)).as("at %d", width).isEmpty();
            DashboardFixture.picture(page, "layers-live-" + width + ".png");
        }
    }

    /** The share of half transparent pixels, as those of hatching are, at the cross-hair and above all candles but the highest. */
    private static double hatched(Page page) {
        return ((Number) page.evaluate("""
            () => {
              const canvas = document.querySelector('.plot canvas');
              const line = document.querySelector('.plot .u-cursor-x').getBoundingClientRect();
              const left = Math.round(line.left - canvas.getBoundingClientRect().left);
              const {data} = canvas.getContext('2d').getImageData(left - 2, 20, 4, 100);
              let count = 0;
              for (let i = 3; i < data.length; i += 4) {
                count += data[i] > 0 && data[i] < 200 ? 1 : 0;
              }
              return count / (data.length / 4);
            }
            """)).doubleValue();
    }

    @Test
    void the_values_of_indicators_beside_the_chart_are_those_of_the_candles() {
        Page page = open("sma:20,ema:30,boll:20:2,vwap,rsi:14,macd:12:26:9");
        assertThat(page.locator(".legend .study")).hasCount(10);
        Map<String, Double> shown = new HashMap<>();
        for (String text : page.locator(".legend .study").allTextContents()) {
            var parts = Pattern.compile("^(.*) ([\u22120-9.,]+)$").matcher(text.strip());
            assertThat(parts.matches()).as(text).isTrue();
            shown.put(
                    parts.group(1),
                    Double.parseDouble(parts.group(2).replace('\u2212', '-').replace(",", "")));
        }
        Map<String, Double> expected = expected();
        assertThat(shown.keySet()).isEqualTo(expected.keySet());
        shown.forEach((name, value) -> assertThat(value).as(name).isCloseTo(expected.get(name), within(0.0051)));
    }

    /** The values at the last candle, computed step by step. */
    private Map<String, Double> expected() {
        double fast = 0;
        double slow = 0;
        double signal = 0;
        double ema = 0;
        double up = 0;
        double down = 0;
        double turnover = 0;
        double volume = 0;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            fast = averaged(fast, bar.close(), i, 12);
            slow = averaged(slow, bar.close(), i, 26);
            ema = averaged(ema, bar.close(), i, 30);
            signal = i < 25 ? 0 : averaged(signal, fast - slow, i - 25, 9);
            double change = i == 0 ? 0 : bar.close() - bars.get(i - 1).close();
            up = i <= 14 ? up + Math.max(0, change) / 14 : (up * 13 + Math.max(0, change)) / 14;
            down = i <= 14 ? down + Math.max(0, -change) / 14 : (down * 13 + Math.max(0, -change)) / 14;
            boolean first = i == 0 || !day(bar).equals(day(bars.get(i - 1)));
            turnover = (first ? 0 : turnover) + (bar.high() + bar.low() + bar.close()) / 3 * bar.volume();
            volume = (first ? 0 : volume) + bar.volume();
        }
        double[] last = bars.subList(bars.size() - 20, bars.size()).stream()
                .mapToDouble(Bar::close)
                .toArray();
        double mean = Arrays.stream(last).sum() / 20;
        double deviation = Math.sqrt(
                Arrays.stream(last).map(one -> (one - mean) * (one - mean)).sum() / 20);
        return Map.of(
                "SMA",
                mean,
                "EMA",
                ema,
                "Bollinger upper",
                mean + 2 * deviation,
                "Bollinger middle",
                mean,
                "Bollinger lower",
                mean - 2 * deviation,
                "VWAP",
                turnover / volume,
                "RSI",
                100 * up / (up + down),
                "MACD",
                fast - slow,
                "MACD signal",
                signal,
                "MACD histogram",
                fast - slow - signal);
    }

    private static Instant day(Bar bar) {
        return bar.time().truncatedTo(ChronoUnit.DAYS);
    }

    /** The exponential average after value {@code i}; up to the last of the first n it is their sum, divided by n. */
    private static double averaged(double before, double value, int i, int n) {
        return i < n ? before + value / n : before + (value - before) * 2 / (n + 1);
    }
}
