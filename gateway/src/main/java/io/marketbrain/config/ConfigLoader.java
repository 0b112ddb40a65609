package io.marketbrain.config;

import io.marketbrain.config.descriptors.DescriptorFolder;
import io.marketbrain.config.descriptors.DescriptorUpdates;
import io.marketbrain.config.descriptors.FolderStamp;
import io.marketbrain.files.FileKind;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.descriptor.ProviderConfig.WantedMode;
import io.marketbrain.security.SecretsConfig;
import io.marketbrain.security.SecretsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The reader of the configuration: flags over the environment over {@code .env} over encrypted credentials over
 * {@code brain.yaml} over defaults. Reads a few small files; writes nothing.
 */
public final class ConfigLoader {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 256 * 1024);

    private final ConfigInputs inputs;
    private final List<String> problems = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    private ConfigLoader(ConfigInputs inputs) {
        this.inputs = inputs;
    }

    /** The configuration for these providers and those that the user has added, or everything that is wrong with it. */
    public static ConfigResult load(ConfigInputs inputs, List<IndexedDescriptor> builtIn) {
        return new ConfigLoader(inputs).load(builtIn, Set.of());
    }

    /** All settings with their defaults. */
    public static List<Setting> catalogue(List<IndexedDescriptor> providers) {
        var reader = new SettingsReader(ValueSources.NONE);
        var _ = SettingsCatalog.read(reader, providers);
        return reader.settings().stream().map(EffectiveSetting::setting).toList();
    }

    /** @param earlier providers of the folder that there were at the start */
    private ConfigResult load(List<IndexedDescriptor> builtIn, Set<ProviderId> earlier) {
        ValueSources open = sources();
        ValueSources sources = open.withSecrets(secrets(open));
        Path folder = SettingsCatalog.providersFolder(new SettingsReader(open, inputs.home()));
        FolderStamp stamp = FolderStamp.of(folder);
        DescriptorFolder added = DescriptorFolder.read(folder, builtIn);
        added.refused()
                .forEach(one -> hints.add(one.reason() + (one.isOfFolder() ? "" : "; this provider is left out")));
        List<IndexedDescriptor> providers =
                Stream.concat(builtIn.stream(), added.providers().stream()).toList();
        Set<ProviderId> leftOut = new TreeSet<>(earlier);
        leftOut.addAll(added.leftOut());
        var reader = new SettingsReader(sources, inputs.home(), leftOut);
        GatewayConfig config = SettingsCatalog.read(reader, providers);
        problems.addAll(reader.problems());
        hints.addAll(config.mock().warnings());
        hintAtUnusedRecording(config);
        hints.addAll(sources.hintsAtOldNames());
        refuseUnknownKeys(sources, reader.keys(), leftOut);
        hintAtNearMisses(sources, reader.settings());
        return problems.isEmpty()
                ? new ConfigResult.Loaded(
                        config.withUpdates(updates(folder, stamp, added, builtIn)), reader.settings(), hints)
                : new ConfigResult.Refused(problems, hints);
    }

    private void hintAtUnusedRecording(GatewayConfig config) {
        boolean used = config.providers().values().stream().anyMatch(provider -> provider.mode() == WantedMode.REPLAY);
        if (config.recording().replayFolder().isPresent() && !used) {
            hints.add("replay.folder (REPLAY_FOLDER) is set, but no provider has the mode replay; set for example"
                    + " BINANCE_MODE=replay");
        }
    }

    /** How the folder of descriptors is read again; nothing without a folder. */
    private DescriptorUpdates updates(
            Path folder, FolderStamp stamp, DescriptorFolder added, List<IndexedDescriptor> builtIn) {
        Set<ProviderId> atStart = new TreeSet<>();
        added.providers().forEach(one -> atStart.add(one.id()));
        atStart.addAll(added.leftOut());
        return stamp.equals(FolderStamp.NO_FOLDER)
                ? DescriptorUpdates.NONE
                : new DescriptorUpdates(folder, stamp, added, () -> switch (new ConfigLoader(inputs)
                        .load(builtIn, atStart)) {
                    case ConfigResult.Loaded(GatewayConfig config, var _, var _) ->
                        DescriptorUpdates.Reread.of(config.updates().atStart(), config.providers());
                    case ConfigResult.Refused(List<String> wrong, var _) -> DescriptorUpdates.Reread.refused(wrong);
                });
    }

    private ValueSources sources() {
        Optional<Path> env = findEnvFile();
        Optional<Path> yaml = inputs.file().isPresent() ? inputs.file() : find("brain.yaml");
        if (yaml.isEmpty()) {
            find("brain.yml").ifPresent(file -> hints.add(shown(file) + ": is not read; call it brain.yaml"));
        }
        EnvFile envFile = env.map(this::readEnv).orElse(EnvFile.EMPTY);
        YamlFile yamlFile = yaml.map(this::readYaml).orElse(YamlFile.EMPTY);
        return new ValueSources(
                inputs.flags(),
                inputs.flagNames(),
                inputs.environment(),
                env.map(this::shown).orElse(".env"),
                envFile,
                yaml.map(this::shown).orElse("brain.yaml"),
                yamlFile);
    }

    /** The encrypted credentials, if there are any. */
    private Map<String, String> secrets(ValueSources open) {
        SecretsConfig config = new SecretsSection(new SettingsReader(open, inputs.home())).read();
        if (!FileKind.exists(config.file())) {
            return Map.of();
        }
        try {
            return new SecretsFile(config).read();
        } catch (SecretsFile.Locked locked) {
            problems.add("secrets: " + locked.words());
            return Map.of();
        }
    }

    private Optional<Path> findEnvFile() {
        return find(".env")
                .filter(file ->
                        !Files.isDirectory(file)); // Python virtual environments are often folders with this name
    }

    private Optional<Path> find(String name) {
        Path near = inputs.workingDirectory().resolve(name);
        if (FileKind.exists(near)) {
            return Optional.of(near);
        }
        Path home = inputs.home().resolve(name);
        return FileKind.exists(home) ? Optional.of(home) : Optional.empty();
    }

    private EnvFile readEnv(Path file) {
        try {
            EnvFile read = EnvFile.parse(SmallFile.readText(file, LIMITS));
            read.problems().forEach(p -> problems.add(shown(file) + ":" + p.number() + ": " + p.message()));
            return read;
        } catch (UnreadableFile e) {
            problems.add(shown(file) + ": " + e.reason());
            return EnvFile.EMPTY;
        }
    }

    private YamlFile readYaml(Path file) {
        try {
            YamlFile read = YamlFile.parse(SmallFile.readText(file, LIMITS));
            read.problems().forEach(p -> problems.add(shown(file) + ":" + p.line() + ": " + p.message()));
            return read;
        } catch (UnreadableFile e) {
            problems.add(shown(file) + ": " + e.reason());
            return YamlFile.EMPTY;
        }
    }

    private String shown(Path file) {
        Path absolute = inputs.workingDirectory().resolve(file);
        return absolute.startsWith(inputs.workingDirectory())
                ? inputs.workingDirectory().relativize(absolute).toString()
                : absolute.toString();
    }

    private void refuseUnknownKeys(ValueSources sources, Set<String> keys, Set<ProviderId> leftOut) {
        sources.yamlFile().values().forEach((key, entry) -> {
            String place = sources.yamlFileName() + ":" + entry.line();
            if (!isKnown(key, keys, leftOut)) {
                String below = key + ".";
                boolean section = keys.stream().anyMatch(known -> known.startsWith(below));
                if (!section) {
                    problems.add(place + ": " + key + " is not a setting" + suggestion(key, keys));
                } else if (!entry.text().isEmpty()) {
                    problems.add(place + ": " + key + " is a section, not a setting; it holds "
                            + String.join(", ", keysBelow(below, keys)));
                }
            }
        });
        sources.flags().keySet().stream()
                .filter(key -> !isKnown(key, keys, leftOut))
                .forEach(key -> problems.add("--set " + key + ": is not a setting" + suggestion(key, keys)));
    }

    /** Whether a setting exists, or is of a provider that is left out, whose settings are not known. */
    private static boolean isKnown(String key, Set<String> keys, Set<ProviderId> leftOut) {
        return keys.contains(key)
                || RenamedSettings.OLD_KEYS.containsValue(key)
                || leftOut.stream()
                        .anyMatch(id -> key.startsWith("providers." + id + ".")
                                || key.equals("costs." + id)
                                || key.equals("quality." + id)
                                || key.startsWith("billing." + id + "."));
    }

    private static String suggestion(String key, Set<String> keys) {
        return Suggestions.nearest(key, keys)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElseGet(() -> {
                    String section = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : "";
                    List<String> siblings = section.isEmpty() ? List.of() : keysBelow(section, keys);
                    return siblings.isEmpty()
                            ? "; the sections are " + String.join(", ", sections(keys))
                            : "; " + section.substring(0, section.length() - 1) + " holds "
                                    + String.join(", ", siblings);
                });
    }

    private static List<String> keysBelow(String prefix, Set<String> keys) {
        return keys.stream().filter(known -> known.startsWith(prefix)).toList();
    }

    private static Set<String> sections(Set<String> keys) {
        var sections = new TreeSet<String>();
        keys.forEach(key -> sections.add(key.contains(".") ? key.substring(0, key.indexOf('.')) : key));
        return sections;
    }

    private void hintAtNearMisses(ValueSources sources, List<EffectiveSetting> settings) {
        Set<String> names = new TreeSet<>();
        settings.forEach(s -> names.add(s.setting().environmentName()));
        names.remove("");
        Map<String, EnvFile.Line> lines = sources.envFile().lines();
        var slips = new Suggestions.Slips(names);
        lines.forEach((name, line) -> hintAt(name, sources.envFileName() + ":" + line.number(), slips, sources));
        sources.environment().keySet().forEach(name -> hintAt(name, "environment", slips, sources));
    }

    private void hintAt(String name, String place, Suggestions.Slips slips, ValueSources sources) {
        if (RenamedSettings.isOldName(name)) {
            return;
        }
        slips.find(name)
                .filter(meant -> !sources.environment().containsKey(meant)
                        && !sources.envFile().lines().containsKey(meant))
                .ifPresent(meant ->
                        hints.add(place + ": " + name + " is not a setting and ignored; did you mean " + meant + "?"));
    }
}
