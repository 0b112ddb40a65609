package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executes the steps of docs/adding-a-provider.md. */
class AddingAProviderTest {
    private static final Path PAGE = Path.of("../docs/adding-a-provider.md");
    private static final Pattern FILE = Pattern.compile("<!-- file (\\S+) -->\n```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("<!-- output -->\n```\n(.*?)```", Pattern.DOTALL);

    private static final Pattern COMMAND = Pattern.compile("<!-- command new -->\n```\nbrain (.*?)\n```");
    private static final Pattern WRITTEN = Pattern.compile("<!-- output new -->\n```\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void the_documented_command_writes_a_descriptor_that_is_served() throws IOException {
        String page = Files.readString(PAGE);
        Matcher file = FILE.matcher(page);
        assertThat(file.find()).isTrue();
        Files.writeString(folder.resolve(file.group(1)), file.group(2));
        Matcher command = COMMAND.matcher(page);
        Matcher written = WRITTEN.matcher(page);
        assertThat(command.find() && written.find()).isTrue();
        BrainRun run = brain(command.group(1).replace("'", ""));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(written.group(1));
        assertThat(brain("candles acme BTC-USD --interval 1d --limit 3 --format csv")
                        .lines())
                .hasSize(4);
        BrainRun test = brain("providers test acme");
        assertThat(test.err()).isEmpty();
        assertThat(test.out()).contains("candles BTC-USD 1d", "Nothing was sent");
    }

    @Test
    void the_documented_steps_lead_to_a_provider_that_is_served() throws IOException {
        String page = Files.readString(PAGE);
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        Matcher output = OUTPUT.matcher(page);
        assertThat(output.find()).isTrue();

        BrainRun check = brain("providers check acme.json --sample response.json");
        assertThat(check.err()).isEmpty();
        assertThat(check.out()).isEqualTo(output.group(1));
        assertThat(check.code()).isZero();

        Files.createDirectory(folder.resolve("providers"));
        Files.move(folder.resolve("acme.json"), folder.resolve("providers/acme.json"));
        assertThat(brain("providers").out()).contains("\"acme\"");
        BrainRun candles = brain("candles acme BTC-USD --interval 1d --limit 3 --format csv");
        assertThat(candles.err()).isEmpty();
        assertThat(candles.lines()).hasSize(4);
    }

    @Test
    void a_wrong_descriptor_and_a_sample_that_does_not_fit_are_explained() throws IOException {
        String page = Files.readString(PAGE);
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        String sample = Files.readString(folder.resolve("response.json"));
        for (String changed :
                List.of(sample.replace("\"c\":", "\"x\":"), sample.replace("\"87612.10\"", "\"87,612.10\""))) {
            Files.writeString(folder.resolve("changed.json"), changed);
            BrainRun run = brain("providers check acme.json --sample changed.json");
            assertThat(page).contains(run.lines().getLast());
        }
        Files.writeString(folder.resolve("other.json"), "{\"symbol\": \"ETH-USD\"}");
        BrainRun unfit = brain("providers check acme.json --sample other.json");
        assertThat(unfit.code()).isEqualTo(1);
        assertThat(unfit.out()).contains("failed: acme sent data of another instrument than BTC-USD");
        Path acme = folder.resolve("acme.json");
        Files.copy(acme, folder.resolve("draft.json"));
        assertThat(brain("providers check draft.json").lines())
                .containsExactly(
                        "draft.json is valid: acme (Acme) offers candles",
                        "note: in the folder providers, call the file acme.json");
        Files.writeString(
                folder.resolve("kraken.json"),
                Files.readString(acme).replace("\"id\": \"acme\"", "\"id\": \"kraken\""));
        assertThat(brain("providers check kraken.json").out()).contains("note: there is another provider 'kraken'");
        Files.writeString(acme, Files.readString(acme).replace("\"rows\"", "\"rowz\""));
        BrainRun wrong = brain("providers check acme.json");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(page).contains(wrong.err().strip());
        assertThat(brain("providers check missing.json").err()).contains("does not exist");
    }

    private BrainRun brain(String line) {
        return BrainRun.of(folder, line.split(" "));
    }
}
