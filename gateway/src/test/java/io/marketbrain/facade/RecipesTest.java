package io.marketbrain.facade;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/recipes, read as the programs that they are for read them. */
@Timeout(300)
class RecipesTest {
    private static final Path RECIPES = Path.of("../docs/recipes");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://)?(?:127\\.0\\.0\\.1|localhost|brain\\.lan|192\\.168\\.1\\.10):8000(/[^\\s`'\")\\\\]*)");

    private static TestGateway gateway;
    private static FacadeClient client;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z", "facades.openbb.enabled", "true");
        client = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    private static String page(String name) {
        try {
            return Files.readString(RECIPES.resolve(name + ".md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The targets in a page, with the placeholders of the programs filled in. */
    private static List<String> targets(String page) {
        var targets = new ArrayList<String>();
        Matcher matcher = ADDRESS.matcher(page);
        while (matcher.find()) {
            targets.add(matcher.group(1)
                    .replace("{TICKER}", "AAPL")
                    .replace("{SYMBOL}", "AAPL")
                    .replace("{currency}", "EUR")
                    .replace("{FROM}", "2024-01-02")
                    .replace("{TO}", "2024-02-01")
                    .replace("${__from}", "1708300800000")
                    .replace("${__to}", "1708473600000"));
        }
        return targets;
    }

    @Test
    void every_address_of_every_recipe_answers() throws IOException {
        List<String> pages;
        try (Stream<Path> files = Files.list(RECIPES)) {
            pages = files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .toList();
        }
        assertThat(pages).hasSizeGreaterThanOrEqualTo(10);
        for (String page : pages) {
            for (String target : targets(page(page))) {
                if (target.length() > 1 && !target.startsWith("/compat/coingecko`")) {
                    HttpResponse<String> response =
                            client.get(target.equals("/compat/coingecko") ? target + "/api/v3/ping" : target);
                    assertThat(response.statusCode())
                            .as(page + " " + target + " " + response.body())
                            .isEqualTo(200);
                }
            }
        }
    }

    /** What a JSONPath of the kind that the recipes use selects: {@code $[*].a}, {@code $[0].a} and {@code $.a.b}. */
    private static List<String> select(String path, String body) throws MalformedPayload {
        JsonValue root = JsonValue.parse(body.getBytes(StandardCharsets.UTF_8));
        if (path.startsWith("$[*].")) {
            var all = new ArrayList<String>();
            for (JsonValue item : root.items()) {
                all.add(item.at(path.substring(5)).text());
            }
            return all;
        }
        JsonValue at = path.startsWith("$[0].") ? root.at(0) : root;
        for (String name : path.substring(path.startsWith("$[0].") ? 5 : 2).split("\\.", -1)) {
            at = at.at(name);
        }
        return List.of(at.text());
    }

    @ParameterizedTest
    @CsvSource({"portfolio-performance, 0", "wealthfolio, 1"})
    void dates_and_closes_of_a_history_are_equally_many(String page, int target) throws MalformedPayload {
        String text = page(page);
        assertThat(text).contains("`$[*].date`").contains("`$[*].close`");
        HttpResponse<String> response = client.get(targets(text).get(target));
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains("application/json");
        List<String> dates = select("$[*].date", response.body());
        assertThat(dates).isNotEmpty().hasSameSizeAs(select("$[*].close", response.body()));
        assertThat(dates).allSatisfy(date -> assertThat(LocalDate.parse(date)).isNotNull());
        assertThat(select("$[*].close", response.body())).noneMatch(close -> new BigDecimal(close).signum() == 0);
    }

    @ParameterizedTest
    @CsvSource({"ghostfolio, $[0].close", "wealthfolio, $[0].close", "home-assistant, $.data.price"})
    void a_latest_price_is_found_by_its_path(String page, String path) throws MalformedPayload {
        String text = page(page);
        assertThat(text).contains(path.startsWith("$.data") ? "value_json.data.price" : path);
        assertThat(new BigDecimal(
                        select(path, client.body(targets(text).getFirst())).getFirst()))
                .isPositive();
    }

    @Test
    void grafana_reads_numbers_and_milliseconds() {
        String target = targets(page("grafana")).getFirst();
        List<String> lines = client.body(target).lines().toList();
        assertThat(lines).hasSize(49);
        assertThat(lines.getFirst()).startsWith("open_time,open,high,low,close,volume");
        assertThat(lines.get(1)).startsWith("1708300800000,");
    }

    @Test
    void promtool_accepts_the_metrics(@TempDir Path folder) throws IOException {
        try (var proxy = new AskedProxy(gateway.port())) {
            Promtool.check(proxy.address(), folder);
            AskedFile.check("promtool", proxy.asked(AskedProxy::target));
        }
    }

    @Test
    void libreoffice_reads_dates_and_numbers(@TempDir Path folder) throws IOException {
        try (var proxy = new AskedProxy(gateway.port())) {
            String sheet = LibreOffice.sheet(
                    proxy.address() + targets(page("spreadsheets")).getFirst(), folder);
            assertThat(sheet).contains("office:value-type=\"date\"").contains("office:value-type=\"float\"");
            AskedFile.check("libreoffice", proxy.asked(AskedProxy::target));
        }
    }

    @Test
    void pandas_reads_what_the_page_says(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/lib/python3/dist-packages/pandas")),
                "skipped: the package python3-pandas is not installed");
        String code = block(page("pandas-and-polars"), "python")
                .replace("http://127.0.0.1:8000", "http://127.0.0.1:" + gateway.port());
        Path script = Files.writeString(folder.resolve("page.py"), code + """

            assert len(candles) == 744 and str(candles.index.dtype).startswith("datetime64"), candles.index.dtype
            assert len(daily) == 21 and str(daily["date"].dtype) == "datetime64[ns]", len(daily)
            assert len(bars) == 744 and isinstance(bars["close"].iloc[0], str), bars
            assert lines["count"].iloc[-1] == 744
            assert len(prices) == 12 and str(prices.index.dtype).startswith("datetime64"), prices
            assert isinstance(exact["close"].iloc[0], str) and len(exact) == 5
            assert candles["close"].iloc[-1] == float(bars["close"].iloc[-1])
            print("read")
            """);
        NpmPackages.Result result = NpmPackages.run(folder, 60, List.of("/usr/bin/python3", script.toString()));
        assertThat(result.output()).endsWith("read\n");
    }

    @Test
    void polars_reads_what_the_page_says() {
        NpmPackages npm = NpmPackages.install("nodejs-polars@0.26.1", "nodejs-polars-linux-x64-gnu@0.26.1");
        String code = block(page("pandas-and-polars"), "js")
                .replace("http://127.0.0.1:8000", "http://127.0.0.1:" + gateway.port());
        assertThat(npm.code("polars.mjs", code + "console.log(candles.height, weekly.height);"))
                .isEqualTo("744 1\n");
    }

    @Test
    void a_typescript_client_is_generated_compiled_and_runs() {
        NpmPackages npm = NpmPackages.install("openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "typescript@5.9.3");
        String page = page("pandas-and-polars");
        npm.write("openapi.json", client.body("/openapi.json"));
        NpmPackages.Result generated = npm.run(
                "node", npm.file("openapi-typescript/bin/cli.js").toString(), "openapi.json", "-o", "brain.d.ts");
        assertThat(generated.status()).as(generated.output()).isZero();
        npm.write(
                "client.ts",
                block(page, "ts").replace("http://127.0.0.1:8000", "http://127.0.0.1:" + gateway.port()) + """

                    if (error) throw new Error(JSON.stringify(error));
                    const price: string = data.data.price;
                    console.log(data.mock, price.length > 0);
                    """);
        NpmPackages.Result compiled = npm.run(
                "node",
                npm.file("typescript/bin/tsc").toString(),
                "--strict",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--moduleResolution",
                "nodenext",
                "--skipLibCheck",
                "client.ts");
        assertThat(compiled.status()).as(compiled.output()).isZero();
        assertThat(npm.run("node", "client.js").output()).isEqualTo("true true\n");
    }

    @Test
    void a_python_client_is_generated_and_compiled(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(NpmPackages.isProgram("python3"), "skipped: python3 is not installed");
        Path generator = GeneratorJar.find(folder);
        Files.writeString(folder.resolve("openapi.json"), client.body("/openapi.json"));
        NpmPackages.Result generated = NpmPackages.run(
                folder,
                120,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        generator.toString(),
                        "generate",
                        "-g",
                        "python",
                        "-i",
                        "openapi.json",
                        "-o",
                        "client",
                        "--package-name",
                        "brain_client",
                        "--global-property",
                        "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"));
        assertThat(generated.status()).as(generated.output()).isZero();
        assertThat(folder.resolve("client/brain_client/api")).isNotEmptyDirectory();
        NpmPackages.Result compiled =
                NpmPackages.run(folder, 120, List.of("python3", "-m", "compileall", "-q", "client"));
        assertThat(compiled.status()).as(compiled.output()).isZero();
    }

    /** The code of a page in a language. */
    private static String block(String page, String language) {
        Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
