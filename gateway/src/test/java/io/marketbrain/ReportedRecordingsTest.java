package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.ContractDocument;
import io.marketbrain.wiring.RecordingReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every report in {@code src/test/resources/reports}, made by {@code brain report}, results in what it expects. */
class ReportedRecordingsTest {
    private static final Path REPORTS = Path.of("src/test/resources/reports");

    @TestFactory
    Stream<DynamicTest> each_exchange_results_in_what_is_expected() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path report : reports()) {
            JsonNode expected = ContractDocument.JSON
                    .readTree(Files.readAllBytes(report.resolve(RecordingReport.EXPECTED)))
                    .get("cases");
            List<RecordingReport.Result> results = RecordingReport.run(report);
            tests.add(DynamicTest.dynamicTest(
                    report.getFileName() + " has as many cases as expected",
                    () -> assertThat(results).hasSize(expected.size()).isNotEmpty()));
            for (int i = 0; i < Math.min(results.size(), expected.size()); i++) {
                RecordingReport.Result result = results.get(i);
                JsonNode wanted = expected.get(i);
                tests.add(DynamicTest.dynamicTest(report.getFileName() + ": " + result.name(), () -> {
                    assertThat(result.name()).isEqualTo(wanted.get("case").asString());
                    assertThat(result.request()).isEqualTo(wanted.get("request").asString());
                    JsonNode found =
                            ContractDocument.JSON.readTree(result.json().getBytes(StandardCharsets.UTF_8));
                    for (String part : List.of("answer", "failure", "message")) {
                        assertThat(found.get(part)).as(part).isEqualTo(wanted.get(part));
                    }
                }));
            }
        }
        return tests.stream();
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> folders = Files.list(REPORTS)) {
            List<Path> reports = folders.filter(Files::isDirectory).sorted().toList();
            assertThat(reports).isNotEmpty();
            return reports;
        }
    }
}
