package io.marketbrain.api.candles;

import java.util.List;
import java.util.Locale;

/**
 * A candlestick chart with volume bars, as an SVG document. Candles stand side by side, so that nights and weekends of
 * markets that close take no room. Pure; the same candles give the same bytes.
 */
public final class CandleDrawing {
    /** The maximum number of candles: more than four a pixel cannot be told apart. */
    public static final int MAX_CANDLES = 5_000;

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;
    private static final int LEFT = 16;
    private static final int RIGHT = 96;
    private static final int TOP = 44;
    private static final int PRICE_BOTTOM = 440;
    private static final int VOLUME_TOP = 456;
    private static final int BOTTOM = 560;
    private static final int GRID_LINES = 8;
    private static final int LABEL_HEIGHT = 14;
    private static final int TIME_LABELS = 8;
    private static final String MIDNIGHT = "T00:00:00Z";
    private static final String RISING = "#26a69a";
    private static final String FALLING = "#ef5350";

    /**
     * One candle to draw.
     *
     * @param time when it opens, as in RFC 3339
     * @param last the closing price as it is to be printed
     * @param volume 0 if it is not known
     */
    public record Bar(String time, double open, double high, double low, String last, double volume, boolean complete) {
        double close() {
            return Double.parseDouble(last);
        }
    }

    private final List<Bar> candles;

    private final double low;
    private final double high;
    private final double mostVolume;
    private final double step;
    private final StringBuilder svg = new StringBuilder();

    private CandleDrawing(List<Bar> candles) {
        this.candles = candles;
        low = candles.stream().mapToDouble(Bar::low).min().orElse(0);
        double top = candles.stream().mapToDouble(Bar::high).max().orElse(1);
        high = top > low ? top : low + 1;
        mostVolume = candles.stream().mapToDouble(Bar::volume).max().orElse(0);
        step = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, candles.size());
    }

    /**
     * The chart of candles.
     *
     * @param title what stands above it
     * @param note what stands beside the title, such as that the data is mock; empty for nothing
     */
    public static String svg(List<Bar> candles, String title, String note) {
        var chart = new CandleDrawing(candles);
        chart.draw(title, note);
        return chart.svg.toString();
    }

    private void draw(String title, String note) {
        put(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT));
        put(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT));
        text(LEFT, 26, "start", "#111111\" font-size=\"17\" font-weight=\"bold", title);
        text(WIDTH - RIGHT, 26, "end", "#777777", note);
        grid();
        for (int i = 0; i < candles.size(); i++) {
            candle(i, candles.get(i));
        }
        times();
        put("</svg>");
    }

    private void grid() {
        if (candles.isEmpty()) {
            text(WIDTH / 2.0, HEIGHT / 2.0, "middle", "#777777", "no candles");
            return;
        }
        double span = high - low;
        double unit = Math.pow(10, Math.floor(Math.log10(span / GRID_LINES)));
        double gap = unit;
        for (double factor : new double[] {2, 5, 10}) {
            if (span / gap > GRID_LINES) {
                gap = unit * factor;
            }
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(gap)));
        String last = candles.getLast().last();
        double lastY = y(candles.getLast().close());
        for (double price = Math.ceil(low / gap) * gap; price <= high; price += gap) {
            double y = y(price);
            line(LEFT, y, WIDTH - RIGHT, y, "#e8e8e8", 1);
            if (Math.abs(y - lastY) > LABEL_HEIGHT) {
                String words = String.format(Locale.ROOT, "%." + decimals + "f", price);
                text(WIDTH - RIGHT + 6, y + 4, "start", "#555555", words);
            }
        }
        line(LEFT, lastY, WIDTH - RIGHT, lastY, "#3367d6\" stroke-dasharray=\"3 3", 1);
        text(WIDTH - RIGHT + 6, lastY + 4, "start", "#3367d6\" font-weight=\"bold", last);
    }

    private void candle(int index, Bar candle) {
        double open = candle.open();
        double close = candle.close();
        String colour = close >= open ? RISING : FALLING;
        double x = LEFT + (index + 0.5) * step;
        double body = Math.max(1, step * 0.7);
        line(x, y(candle.high()), x, y(candle.low()), colour, Math.min(1.2, body));
        double top = y(Math.max(open, close));
        rect(x - body / 2, top, body, Math.max(1, y(Math.min(open, close)) - top), colour, candle.complete() ? 1 : 0.5);
        if (mostVolume > 0) {
            double tall = (BOTTOM - VOLUME_TOP) * candle.volume() / mostVolume;
            rect(x - body / 2, BOTTOM - tall, body, tall, colour, 0.5);
        }
    }

    private void times() {
        line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, "#999999", 1);
        boolean daily = candles.stream().allMatch(c -> c.time().endsWith(MIDNIGHT));
        int every = Math.max(1, candles.size() / TIME_LABELS);
        for (int i = every / 2; i < candles.size(); i += every) {
            double x = LEFT + (i + 0.5) * step;
            String time = candles.get(i).time();
            String label = daily ? time.substring(0, 10) : time.substring(5, 16).replace('T', ' ');
            line(x, BOTTOM, x, BOTTOM + 5, "#999999", 1);
            text(x, BOTTOM + 20, "middle", "#555555", label);
        }
    }

    private double y(double price) {
        return PRICE_BOTTOM - (PRICE_BOTTOM - TOP) * (price - low) / (high - low);
    }

    private void line(double x1, double y1, double x2, double y2, String stroke, double width) {
        put(String.format(
                Locale.ROOT,
                "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\" stroke-width=\"%.2f\"/>",
                x1,
                y1,
                x2,
                y2,
                stroke,
                width));
    }

    private void rect(double x, double y, double width, double height, String fill, double opacity) {
        put(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\" fill-opacity=\"%.1f\"/>",
                x,
                y,
                width,
                height,
                fill,
                opacity));
    }

    private void text(double x, double y, String anchor, String fill, String words) {
        put(String.format(
                Locale.ROOT,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                fill,
                escaped(words)));
    }

    private void put(String element) {
        svg.append(element).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
