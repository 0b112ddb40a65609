package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code brain mcp} as a process, a message a line. */
@Timeout(60)
class McpCommandTest {
    private static String message(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{"
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}" + params + "}}\n";
    }

    /** A call whose data takes a while. */
    private static String slow(int id) {
        return message(id, "tools/call", ",\"name\":\"quotes\",\"arguments\":{\"symbols\":[\"binance:BTCUSDT\"]}");
    }

    private static Process brain(Path folder) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.marketbrain.Main",
                "mcp");
        builder.environment().putAll(Map.of("STATE_FOLDER", folder.toString(), "MOCK_LATENCY", "1500ms"));
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    void a_slow_answer_delays_no_other_and_none_is_lost_at_the_end_of_the_input(@TempDir Path folder) throws Exception {
        Process process = brain(folder);
        try (OutputStream in = process.getOutputStream();
                var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var messages = new StringBuilder(message(0, "server/discover", ""));
            messages.append(slow(1)).append(message(2, "tools/list", ""));
            for (int id = 3; id < 23; id++) { // more than are answered at a time
                messages.append(slow(id));
            }
            in.write(messages.toString().getBytes(StandardCharsets.UTF_8));
            in.close();
            List<String> ids = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                ids.add(line.replaceFirst(".*?\"id\":(\\d+).*", "$1"));
            }
            assertThat(ids).startsWith("0", "2").hasSize(23).doesNotHaveDuplicates();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
