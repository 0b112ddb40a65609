package io.marketbrain.cli.commands;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.ServeOptions;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.cli.console.TextTable;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.config.EffectiveSetting;
import io.marketbrain.config.EnvExample;
import io.marketbrain.config.Origin;
import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain config}: the effective settings and where each was set. */
@Command(
        name = "config",
        description = "Shows every setting, its value and where it was set; secrets are masked.",
        footer = {
            "",
            "Examples:",
            "  brain config",
            "  brain config server providers.binance",
            "  brain config --changed --format json",
            "  brain config --example > .env",
        })
public final class ConfigCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..*", paramLabel = "KEY", description = "Only these settings or sections.")
    private List<String> keys = List.of();

    @Option(names = "--changed", description = "Only settings that differ from their defaults.")
    private boolean changed;

    @Option(names = "--example", description = "Print an explained .env file with every setting instead.")
    private boolean example;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description =
                    "The output format: by default a table in a terminal, one line of JSON per setting in a pipe.")
    private OutputFormats.@Nullable Listing format;

    @Mixin
    private ServeOptions options = new ServeOptions();

    public ConfigCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (example) {
            context.out().print(EnvExample.of(ConfigLoader.catalogue(Descriptors.builtIn())));
            return ExitCode.OK;
        }
        return SettingsLoader.with(context, options.given(), this::show);
    }

    private int show(ConfigResult.Loaded loaded) {
        List<EffectiveSetting> shown = loaded.settings().stream()
                .filter(s -> !s.setting().key().contains("<"))
                .filter(s -> !changed || s.origin().kind() != Origin.Kind.DEFAULT)
                .filter(s -> keys.isEmpty() || keys.stream().anyMatch(key -> names(key, s)))
                .toList();
        if (shown.isEmpty() && !changed) {
            context.err().println("brain: there is no setting or section called " + String.join(", ", keys));
            return ExitCode.USAGE;
        }
        if (OutputFormats.isTable(format, context)) {
            var columns = new TextTable("SETTING", "VALUE", "FROM", "ENVIRONMENT");
            shown.forEach(s -> columns.add(List.of(
                    s.setting().key(),
                    s.value().isEmpty() ? "-" : s.value(),
                    s.origin().place(),
                    s.setting().environmentName())));
            context.out().print(columns);
        } else {
            shown.forEach(s -> context.out().println(json(s)));
        }
        return ExitCode.OK;
    }

    private static boolean names(String key, EffectiveSetting s) {
        return s.setting().key().equals(key)
                || s.setting().key().startsWith(key + ".")
                || s.setting().environmentName().equals(key);
    }

    private static String json(EffectiveSetting s) {
        return new String(
                JsonDocument.object(json -> json.put("key", s.setting().key())
                        .put("value", s.value().isEmpty() ? null : s.value())
                        .put("from", s.origin().place())
                        .put("environment", s.setting().environmentName())
                        .put("default", s.setting().fallback())
                        .put("allowed", s.setting().allowed())
                        .put("description", s.setting().description())),
                StandardCharsets.UTF_8);
    }
}
