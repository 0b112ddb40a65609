package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes that a gateway without settings loads until its first mock quote: start time and idle memory grow with their number,
 * about 4 KB each. If a limit is exceeded, load what is new when it is first used, or raise the limit for a good reason.
 */
class StartedClassesTest {
    /** The classes of the gateway, without lambdas. */
    private static final int MOST_CLASSES = 740;

    /** The lambdas in classes of the gateway. */
    private static final int MOST_LAMBDAS = 490;

    private static final Pattern LOADED = Pattern.compile("^\\[class,load\\] (\\S+) .*");

    /** What a mock quote does not need. */
    private static final List<String> UNUSED = List.of(
            "java.net.http.",
            "java.sql.Driver",
            "java.text.Normalizer",
            "java.util.logging.",
            "javax.net.ssl.",
            "org.snakeyaml.engine.v2.api.",
            "org.sqlite.",
            "picocli.",
            "redis.clients.",
            "sun.security.ssl.",
            "io.marketbrain.http.websocket.WebSocketConnection",
            "io.marketbrain.pipeline.cache.redis.Redis",
            "io.marketbrain.pipeline.cache.tier.QueryResultCodec",
            "io.marketbrain.provider.feed.",
            "io.marketbrain.provider.mapping.",
            "io.marketbrain.provider.transport.HttpTransport",
            "io.marketbrain.stream.StreamClient",
            // Lambdas that are linked anew at each start, because they can be serialized.
            "java.util.Comparator$$Lambda",
            "java.util.Map$Entry$$Lambda");

    @TempDir
    static Path folder;

    private static List<String> loaded;

    @BeforeAll
    static void start_and_ask_for_a_quote() throws Exception {
        Path log = folder.resolve("classes");
        String flags = "-Xlog:class+load:file=" + log + ":tags";
        try (var gateway = GatewayProcess.start(folder, Map.of("JDK_JAVA_OPTIONS", flags))) {
            assertThat(gateway.get("/api/v1/data/binance/BTCUSDT").body()).contains("\"price\"");
        }
        try (Stream<String> lines = Files.lines(log)) {
            loaded = lines.map(LOADED::matcher)
                    .filter(line -> line.matches())
                    .map(line -> line.group(1))
                    .toList();
        }
        assertThat(loaded).contains("io.marketbrain.Gateway");
    }

    @Test
    void what_the_first_quote_does_not_need_is_not_loaded() {
        assertThat(loaded).allSatisfy(name -> assertThat(UNUSED).noneMatch(name::startsWith));
    }

    @Test
    void the_number_of_classes_is_limited() {
        assertThat(loaded.stream().filter(StartedClassesTest::ours).filter(name -> !name.contains("$$Lambda")))
                .hasSizeLessThanOrEqualTo(MOST_CLASSES);
    }

    @Test
    void the_number_of_lambdas_is_limited() {
        assertThat(loaded.stream().filter(StartedClassesTest::ours).filter(name -> name.contains("$$Lambda")))
                .hasSizeLessThanOrEqualTo(MOST_LAMBDAS);
    }

    private static boolean ours(String name) {
        return name.startsWith("io.marketbrain.");
    }
}
