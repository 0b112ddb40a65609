package io.marketbrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.mounting.MountAddress;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.model.Mode;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderMode;
import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the banner says about live providers and about recording. */
class BannerTest {
    @TempDir
    Path folder;

    private String banner(Map<String, String> environment, Mode mode) {
        var inputs = new ConfigInputs(Map.of(), Map.of(), environment, folder, folder, Optional.empty());
        var loaded = (ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
        return Banner.of(
                loaded,
                new Launcher.Running(
                        8000,
                        List.of(
                                new MountAddress("/compat/binance", Optional.of(8001), Optional.empty()),
                                new MountAddress("/udf", Optional.empty(), Optional.of("udf.localhost"))),
                        List.of(new ProviderMode(new ProviderId("binance"), mode, "reason"))));
    }

    @Test
    void names_each_live_provider_and_the_setting_that_made_it_live() {
        assertThat(banner(Map.of(), Mode.LIVE)).contains("\n  live   binance (reason)\n");
    }

    @Test
    void names_the_ports_and_hosts_of_other_programs_apis() {
        assertThat(banner(Map.of(), Mode.LIVE))
                .contains("\n  also   http://127.0.0.1:8001 for /compat/binance\n")
                .contains("\n  also   http://udf.localhost:8000 for /udf\n");
    }

    @Test
    void says_where_responses_are_recorded_and_when_none_will_be() {
        var recording = Map.of("RECORD_FOLDER", "recording");
        assertThat(banner(recording, Mode.LIVE))
                .contains("\n  record responses of live providers, in " + folder.resolve("recording") + "\n");
        assertThat(banner(recording, Mode.MOCK)).contains("\n  record nothing, because no provider is live\n");
        assertThat(banner(Map.of(), Mode.LIVE)).doesNotContain("record");
    }
}
