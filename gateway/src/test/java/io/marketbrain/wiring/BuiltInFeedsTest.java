package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInFeedsTest {
    @TempDir
    Path folder;

    @Test
    void every_provider_with_a_feed_has_a_setting_for_its_address_and_no_other() {
        var inputs = new ConfigInputs(Map.of(), Map.of(), Map.of(), folder, folder, Optional.empty());
        var loaded = (ConfigResult.Loaded) ConfigLoader.load(inputs, Descriptors.builtIn());
        Set<String> set = loaded.settings().stream()
                .map(effective -> effective.setting().key())
                .filter(key -> key.endsWith(".feed_url"))
                .map(key -> key.split("[.]", -1)[1])
                .collect(Collectors.toSet());
        Set<String> withFeed = Descriptors.builtIn().stream()
                .filter(descriptor -> !BuiltInFeeds.all(descriptor.id()).isEmpty())
                .map(descriptor -> descriptor.id().value())
                .collect(Collectors.toSet());
        assertThat(set).isEqualTo(withFeed).isNotEmpty();
    }
}
