package io.marketbrain.config;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.SettingRange;
import io.marketbrain.security.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A single pass that declares and reads all settings: each call names a setting, adds it to
 * the catalogue and returns its value. An invalid value is recorded as a problem and replaced by the default, so that one
 * pass finds all of them. Not thread-safe; one pass each.
 */
final class SettingsReader {
    private final ValueSources sources;
    private final List<EffectiveSetting> settings = new ArrayList<>();
    private final Map<String, SettingType<?>> types = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final boolean checking;
    private final Path base;
    private final Set<ProviderId> leftOut;
    private boolean named = true;
    private boolean documenting;

    SettingsReader(ValueSources sources) {
        this(sources, true, Path.of(""), Set.of());
    }

    /** @param base the base of relative paths */
    SettingsReader(ValueSources sources, Path base) {
        this(sources, base, Set.of());
    }

    /**
     * A pass in which settings may name providers that are left out.
     *
     * @param base the base of relative paths
     */
    SettingsReader(ValueSources sources, Path base, Set<ProviderId> leftOut) {
        this(sources, true, base, leftOut);
    }

    /**
     * A pass that leaves the ranges to the constructors of the records.
     *
     * @param checking false only in tests of what the records themselves reject
     */
    SettingsReader(ValueSources sources, boolean checking) {
        this(sources, checking, Path.of(""), Set.of());
    }

    private SettingsReader(ValueSources sources, boolean checking, Path base, Set<ProviderId> leftOut) {
        this.sources = sources;
        this.checking = checking;
        this.base = base;
        this.leftOut = leftOut;
    }

    /** The providers whose descriptors are wrong, or gone since the start: settings that name them are valid and have no effect. */
    Set<ProviderId> leftOut() {
        return leftOut;
    }

    // The types of settings that sections declare.

    String text(String key, String fallback, String description) {
        return read(key, SettingType.text(), fallback, description);
    }

    int integer(SettingRange<Integer> range, int fallback, String description) {
        return read(range.key(), SettingType.integer(range), fallback, description);
    }

    BigDecimal decimal(SettingRange<BigDecimal> range, BigDecimal fallback, String description) {
        return read(range.key(), SettingType.decimal(range), fallback, description);
    }

    double number(SettingRange<Double> range, double fallback, String description) {
        return read(range.key(), SettingType.number(range), fallback, description);
    }

    Duration duration(SettingRange<Duration> range, Duration fallback, String description) {
        return read(range.key(), SettingType.duration(range), fallback, description);
    }

    long bytes(SettingRange<Long> range, long fallback, String description) {
        return read(range.key(), SettingType.bytes(range), fallback, description);
    }

    /** A number of bytes that an array can have. */
    int arrayBytes(SettingRange<Integer> range, int fallback, String description) {
        return read(range.key(), SettingType.arrayBytes(range), fallback, description);
    }

    boolean flag(String key, boolean fallback, String description) {
        return read(key, SettingType.flag(), fallback, description);
    }

    Path path(String key, Path fallback, String description) {
        return base.resolve(read(key, SettingType.path(), fallback, description));
    }

    /** An optional path. */
    Optional<Path> findPath(String key, String description) {
        return find(key, environmentName(key), SettingType.path(), description).map(base::resolve);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, Function<E, String> name, E fallback, String description) {
        return read(key, SettingType.choice(type, name), fallback, description);
    }

    <T> List<T> list(String key, SettingType<T> item, List<T> fallback, String description) {
        return read(key, SettingType.list(item), fallback, description);
    }

    /** A setting of any type, with the environment name derived from its key. */
    <T> T read(String key, SettingType<T> kind, T fallback, String description) {
        Setting setting = declare(key, environmentName(key), kind, kind.show().apply(fallback), description, false);
        return value(setting, kind).orElse(fallback);
    }

    /** An optional setting with its own environment name. */
    <T> Optional<T> find(String key, String environmentName, SettingType<T> kind, String description) {
        return value(declare(key, environmentName, kind, "", description, false), kind);
    }

    <T> T readNamed(String key, String environmentName, SettingType<T> kind, T fallback, String description) {
        Setting setting = declare(key, environmentName, kind, kind.show().apply(fallback), description, false);
        return value(setting, kind).orElse(fallback);
    }

    /** An optional credential with its own environment name; a placeholder counts as absent. */
    Optional<Secret> secret(String key, String environmentName, String description) {
        return value(declare(key, environmentName, SettingType.secret(), "", description, true), SettingType.secret());
    }

    /** The address of a web service, if one is set. */
    Optional<URI> webAddress(String key, String environmentName, String description) {
        return find(key, environmentName, SettingType.webAddress(), description);
    }

    /**
     * A record made of settings. If its constructor rejects a combination of values that are valid one by one,
     * that is recorded as a problem of those that were set, and {@code defaults} is returned.
     */
    <T> T section(T defaults, Function<T, T> build) {
        int first = settings.size();
        try {
            return build.apply(defaults);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            List<EffectiveSetting> set = settings.subList(first, settings.size()).stream()
                    .filter(s -> s.origin().kind() != Origin.Kind.DEFAULT)
                    .toList();
            List<EffectiveSetting> named =
                    set.stream().filter(s -> names(message, s.setting().key())).toList();
            List<EffectiveSetting> mentioned = named.isEmpty()
                    ? set.stream()
                            .filter(s -> mentions(message, s.setting().key()))
                            .toList()
                    : named;
            for (EffectiveSetting s : mentioned.isEmpty() ? set : mentioned) {
                problems.add(s.origin().place() + ": " + s.origin().name() + " is '" + s.value() + "': " + message);
            }
            if (set.isEmpty() && !documenting) {
                throw e;
            }
            return defaults;
        }
    }

    /**
     * Settings that exist once for every name below {@code key} in {@code brain.yaml}, such as {@code mock.assets}.
     *
     * @param example the placeholder for such a name in the catalogue: {@code <SYMBOL>}
     * @param read the value of one name, given its name and the key that its settings begin with
     */
    <T> Map<String, T> each(String key, String example, BiFunction<String, String, T> read) {
        boolean outerNamed = named;
        boolean outerDocumenting = documenting;
        named = false;
        documenting = true;
        try {
            var _ = read.apply(example, key + "." + example);
        } catch (IllegalArgumentException e) {
            // The example only documents the settings; whether it makes a valid record does not matter.
        }
        documenting = outerDocumenting;
        Map<String, T> values = new LinkedHashMap<>();
        open.add(key);
        if (!documenting) {
            for (String name : sources.namesBelow(key)) {
                values.put(name, read.apply(name, key + "." + name));
            }
        }
        named = outerNamed;
        return values;
    }

    /** Whether a setting that has been read has a value from anywhere but its default. */
    boolean isSet(SettingRange<?> range) {
        return settings.stream()
                .anyMatch(
                        s -> s.setting().key().equals(range.key()) && s.origin().kind() != Origin.Kind.DEFAULT);
    }

    /** Records a value that is invalid in combination with others. */
    void problem(String key, String message) {
        EffectiveSetting s = settings.stream()
                .filter(candidate -> candidate.setting().key().equals(key))
                .findFirst()
                .orElseThrow();
        problems.add(s.origin().place() + ": " + s.origin().name() + " " + message);
    }

    /** Whether a setting that has been read has no value and no default. */
    boolean isUnset(String key) {
        return settings.stream()
                .noneMatch(s -> s.setting().key().equals(key) && !s.value().isEmpty());
    }

    // The results of the pass.

    List<EffectiveSetting> settings() {
        return List.copyOf(settings);
    }

    /** Every valid key. */
    Set<String> keys() {
        return types.keySet();
    }

    /** For each key, texts of the lowest and the highest value, if it has a range. */
    Map<String, List<String>> ends() {
        return ofEach(SettingType::shownEnds);
    }

    /** For each key, texts of values one step outside its range, if it has one. */
    Map<String, List<String>> outside() {
        return ofEach(SettingType::shownOutside);
    }

    private Map<String, List<String>> ofEach(Function<SettingType<?>, List<String>> texts) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        types.forEach((key, type) -> all.put(key, texts.apply(type)));
        return all;
    }

    /** The keys below which users choose the names. */
    Set<String> open() {
        return open;
    }

    List<String> problems() {
        return problems;
    }

    private <T> Setting declare(
            String key,
            String environmentName,
            SettingType<T> kind,
            String fallback,
            String description,
            boolean secret) {
        var setting = new Setting(key, named ? environmentName : "", description, fallback, kind.allowed(), secret);
        types.put(key, kind);
        return setting;
    }

    private <T> Optional<T> value(Setting setting, SettingType<T> kind) {
        Optional<ValueSources.Found> found = documenting ? Optional.empty() : sources.find(setting);
        if (found.isEmpty()) {
            settings.add(new EffectiveSetting(setting, setting.fallback(), Origin.DEFAULT));
            return Optional.empty();
        }
        String text = found.get().text();
        Origin origin = found.get().origin();
        settings.add(new EffectiveSetting(setting, ValueMasking.shown(setting, text), origin));
        try {
            T value = kind.parse().apply(text);
            if (checking && !kind.within().test(value)) {
                throw new IllegalArgumentException();
            }
            return Optional.of(value);
        } catch (IllegalArgumentException e) {
            problems.add(origin.place() + ": " + origin.name() + " is '" + ValueMasking.shown(setting, text)
                    + "', but must be " + setting.allowed() + reason(e));
            return Optional.empty();
        }
    }

    private static String reason(IllegalArgumentException e) {
        return e instanceof SettingType.Invalid invalid ? " (" + invalid.words() + ")" : "";
    }

    /** Whether the message has the key as a whole, not only as the beginning of a longer one. */
    private static boolean names(String message, String key) {
        int at = message.indexOf(key);
        while (at >= 0) {
            int end = at + key.length();
            if (end == message.length() || !isKeyPart(message, end)) {
                return true;
            }
            at = message.indexOf(key, end);
        }
        return false;
    }

    private static boolean isKeyPart(String message, int at) {
        char c = message.charAt(at);
        return c == '_'
                || Character.isLetterOrDigit(c)
                || (c == '.' && at + 1 < message.length() && Character.isLetter(message.charAt(at + 1)));
    }

    private static boolean mentions(String message, String key) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        return message.contains(key) || message.contains(name) || message.contains(name.replace('_', ' '));
    }

    static String environmentName(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
