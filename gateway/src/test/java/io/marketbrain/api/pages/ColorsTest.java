package io.marketbrain.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rising and falling prices look different to color-blind people too, in both schemes. */
class ColorsTest {
    /** In CIELAB, where 2 is just noticeable. A usual green and red are 7 apart for those who lack the cones for green. */
    private static final double DISTANCE = 35;

    /** What linear RGB becomes (Machado, Oliveira and Fernandes, 2009, severity 1). */
    private static double[][] seenWithout(String cone) {
        return switch (cone) {
            case "long" ->
                new double[][] {
                    {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
                };
            case "medium" ->
                new double[][] {
                    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                };
            default ->
                new double[][] {
                    {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
                };
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "medium", "short"})
    void up_and_down_differ_whichever_cone_is_missing(String cone) throws Exception {
        String theme = Files.readString(Path.of("src/main/resources/api/assets/theme.css"));
        List<String> up = colors(theme, "up");
        List<String> down = colors(theme, "down");
        assertThat(up).hasSize(2);
        for (int scheme = 0; scheme < up.size(); scheme++) {
            assertThat(distance(seen(up.get(scheme), cone), seen(down.get(scheme), cone)))
                    .isGreaterThan(DISTANCE);
        }
    }

    /** A color of the light and of the dark scheme. */
    private static List<String> colors(String theme, String name) {
        return Pattern.compile("--" + name + ": #([0-9a-f]{6});")
                .matcher(theme)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** A color in CIELAB, as it is seen without a kind of cones. */
    private static double[] seen(String hex, String cone) {
        double[] color = new double[3];
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            linear[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        double[][] matrix = seenWithout(cone);
        for (int i = 0; i < 3; i++) {
            double sum = matrix[i][0] * linear[0] + matrix[i][1] * linear[1] + matrix[i][2] * linear[2];
            color[i] = Math.min(1, Math.max(0, sum));
        }
        double x = root((0.4124 * color[0] + 0.3576 * color[1] + 0.1805 * color[2]) / 0.95047);
        double y = root(0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]);
        double z = root((0.0193 * color[0] + 0.1192 * color[1] + 0.9505 * color[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116.0;
    }

    private static double distance(double[] one, double[] other) {
        return Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
    }
}
