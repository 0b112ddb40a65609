package io.marketbrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of limits in docs/http.md says what the settings say. */
class HttpPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `(server\\.\\w+)` \\| (\\S+) \\| (\\S+)–(\\S+) \\|.*");

    @Test
    void the_limits_in_the_documentation_are_those_of_the_settings() throws IOException {
        List<String> written = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/http.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                written.add(row.group(1) + " " + row.group(2) + " from " + row.group(3) + " to " + row.group(4));
            }
        }
        List<String> settings = CatalogueTest.CATALOGUE.stream()
                .filter(setting -> setting.key().startsWith("server."))
                .filter(setting ->
                        !setting.key().equals("server.host") && !setting.key().equals("server.port"))
                .filter(setting -> !setting.key().startsWith("server.tls."))
                .map(setting -> setting.key() + " " + setting.fallback() + " "
                        + setting.allowed().replaceFirst("^.*(from \\S+ to [^\\s,]+).*$", "$1"))
                .toList();
        assertThat(written).isEqualTo(settings);
    }
}
