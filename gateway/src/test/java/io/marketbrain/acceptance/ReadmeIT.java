package io.marketbrain.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands in the README work as written, and its sample response matches what the gateway returns. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String START = "./brain";
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    /** Fields whose values differ between responses. */
    private static final Set<String> VARYING = Set.of(
            "price",
            "value",
            "timestamp",
            "task_id",
            "bid",
            "ask",
            "bid_size",
            "ask_size",
            "open",
            "high",
            "low",
            "volume",
            "quote_volume",
            "as_of",
            "received_at",
            "response_time",
            "call_id");

    @TempDir
    Path output;

    @Test
    void every_command_works_and_the_sample_response_is_real() throws Exception {
        List<String> commands = blocks("sh").stream().flatMap(String::lines).toList();
        assertThat(commands).first().isEqualTo(START);
        int port = freePort();
        Process gateway = new ProcessBuilder(ROOT.resolve("brain").toString(), "--port", Integer.toString(port))
                .directory(output.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.resolve("gateway.txt").toFile())
                .start();
        try {
            awaitReady(gateway, port);
            List<String> responses = new ArrayList<>();
            for (String command : commands.subList(1, commands.size())) {
                responses.add(run(command.replace("localhost:8000", "localhost:" + port)));
            }
            JsonNode documented = new ObjectMapper().readTree(blocks("json").getFirst());
            JsonNode actual = new ObjectMapper().readTree(responses.getFirst());
            assertThat(paths("", actual)).isEqualTo(paths("", documented));
        } finally {
            gateway.destroy();
            assertThat(gateway.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void every_linked_page_exists() throws IOException {
        var link = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
        List<Path> pages;
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            pages = Stream.concat(
                            Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
                                    .map(ROOT::resolve),
                            docs.filter(p -> p.toString().endsWith(".md")))
                    .toList();
        }
        for (Path page : pages) {
            link.matcher(Files.readString(page))
                    .results()
                    .forEach(found -> assertThat(page.resolveSibling(found.group(1)))
                            .as("linked from " + ROOT.relativize(page))
                            .exists());
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .filter(m -> m.group(1).equals(language))
                .map(m -> m.group(2))
                .toList();
    }

    private String run(String command) throws Exception {
        Path out = output.resolve("out.txt");
        Path err = output.resolve("err.txt");
        Process process = new ProcessBuilder("bash", "-c", command.replace("curl ", "curl --fail "))
                .directory(ROOT.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        String text = Files.readString(out);
        assertThat(process.exitValue())
                .as(command + "\n" + text + Files.readString(err))
                .isZero();
        assertThat(text).as(command).isNotBlank();
        return text;
    }

    private static void awaitReady(Process gateway, int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready"))
                    .build();
            for (int i = 0; i < 600 && gateway.isAlive(); i++) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // not listening yet
                }
                Thread.sleep(50);
            }
        }
        throw new AssertionError("the gateway did not become ready");
    }

    /** Every field by path, with its value unless the value differs between responses. */
    private static Set<String> paths(String path, JsonNode node) {
        Set<String> paths = new TreeSet<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> paths.addAll(
                            VARYING.contains(field.getKey())
                                    ? Set.of(path + "/" + field.getKey() + " "
                                            + field.getValue().getNodeType())
                                    : paths(path + "/" + field.getKey(), field.getValue())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                paths.addAll(paths(path + "/" + i, node.get(i)));
            }
        } else {
            paths.add(path + " " + node);
        }
        return paths;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
