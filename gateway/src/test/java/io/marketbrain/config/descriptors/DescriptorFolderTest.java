package io.marketbrain.config.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.Descriptors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorFolderTest {
    @TempDir
    Path folder;

    private static String ecb() throws IOException {
        try (InputStream in = DescriptorReader.class.getResourceAsStream("/providers/ecb.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("providers")).resolve(name), content);
    }

    private ConfigResult.Loaded load() {
        var inputs = new ConfigInputs(Map.of(), Map.of(), Map.of(), folder, folder, Optional.empty());
        return (ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
    }

    @Test
    void a_descriptor_in_the_folder_is_one_more_provider() throws IOException {
        write("acme.json", ecb().replace("\"id\": \"ecb\"", "\"id\": \"acme\""));
        ConfigResult.Loaded loaded = load();
        assertThat(loaded.hints()).isEmpty();
        assertThat(loaded.config().descriptors())
                .hasSize(Descriptors.builtIn().size() + 1)
                .last()
                .extracting(entry -> entry.id().value())
                .isEqualTo("acme");
    }

    @Test
    void a_wrong_one_is_left_out_with_its_place_and_harms_no_other() throws IOException {
        Path wrong = write("acme.json", ecb().replace("\"ecb\"", "\"acme\"").replace("\"pick\"", "\"pik\""));
        write("bad.json", "{");
        write("other.json", ecb());
        write("good.json", ecb().replace("\"id\": \"ecb\"", "\"id\": \"good\""));
        ConfigResult.Loaded loaded = load();
        assertThat(loaded.config().descriptors())
                .hasSize(Descriptors.builtIn().size() + 1)
                .last()
                .extracting(entry -> entry.id().value())
                .isEqualTo("good");
        assertThat(loaded.hints()).hasSize(3);
        List<String> lines = Files.readAllLines(wrong);
        int line = 1;
        while (!lines.get(line - 1).contains("\"pik\"")) {
            line++;
        }
        assertThat(loaded.hints().getFirst())
                .startsWith(wrong + ":" + line + ":")
                .contains("unknown key 'pik'; did you mean 'pick'?", "left out");
    }

    private List<String> problems(String yaml) throws IOException {
        Files.writeString(folder.resolve("brain.yaml"), yaml);
        var inputs = new ConfigInputs(Map.of(), Map.of(), Map.of(), folder, folder, Optional.empty());
        return ConfigLoader.load(inputs, Descriptors.builtIn()) instanceof ConfigResult.Refused(var problems, var _)
                ? problems
                : List.of();
    }

    @Test
    void only_the_settings_of_a_provider_that_is_left_out_are_accepted() throws IOException {
        for (String name : List.of("providers", "cache", "kraken", "mock", "acme")) {
            write(name + ".json", "{");
        }
        assertThat(
                        problems(
                                "providers.acme.mode: live\ncosts.acme: 0.1\nbilling.acme.free_calls: 5\nquality.acme: price=refuse\nlive_providers: acme\n"))
                .isEmpty();
        assertThat(problems("providers.krakn.mode: live\n"))
                .singleElement()
                .asString()
                .contains("providers.krakn.mode");
        assertThat(problems("providers.kraken.mod: live\n"))
                .singleElement()
                .asString()
                .contains("providers.kraken.mod");
        assertThat(problems("cache.acme: 5\n")).singleElement().asString().contains("cache.acme");
    }

    @Test
    void of_too_many_files_none_is_used_and_settings_may_name_them() throws IOException {
        for (int i = 0; i <= 200; i++) {
            write("acme" + i + ".json", "{");
        }
        assertThat(load().hints()).singleElement().asString().endsWith(": has more than 200 files; none is used");
        assertThat(load().config().descriptors()).isEqualTo(Descriptors.builtIn());
        assertThat(problems("live_providers: acme7\n")).isEmpty();
    }

    @Test
    void a_built_in_provider_is_not_replaced() throws IOException {
        write("ecb.json", ecb());
        ConfigResult.Loaded loaded = load();
        assertThat(loaded.config().descriptors()).isEqualTo(Descriptors.builtIn());
        assertThat(loaded.hints().getFirst()).contains("there is another provider 'ecb'");
    }
}
