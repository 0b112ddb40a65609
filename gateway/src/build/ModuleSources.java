import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The modules that {@link ModuleBundle} bundles, as they are read: which names each imports and exports.
 *
 * <p>Understands what the sources need and fails on anything else: imports of names, each on a line of its own, exported functions,
 * classes and constants, and a list of exports at the end of a library. Cycles and {@code await} outside functions are not supported.
 */
final class ModuleSources {
    private static final int VERSION_LENGTH = 12;

    static final Pattern IMPORT =
            Pattern.compile("^import \\{(\\w+(?:, \\w+)*)} from '([./\\w-]+)';$", Pattern.MULTILINE);
    static final Pattern DYNAMIC = Pattern.compile("\\bimport\\('([./\\w-]+)'\\)");
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?function|class|const) (\\w+)", Pattern.MULTILINE);
    private static final Pattern EXPORT_LIST = Pattern.compile("\\bexport\\s*\\{([^}]*)};?\\s*$");
    private static final Pattern UNSUPPORTED = Pattern.compile("^(import|export|await)\\b.*$", Pattern.MULTILINE);

    /** What is wrong with the sources. */
    static final class BadSource extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadSource(String message) {
            super(message);
        }
    }

    /**
     * A module without its exports, which are listed instead.
     *
     * @param imports the modules that it needs before it is evaluated, with the names that it uses of them
     * @param later the modules that it imports dynamically
     * @param exports the exported names, with the expression for each
     */
    record Module(
            String path,
            String code,
            Map<String, List<String>> imports,
            List<String> later,
            Map<String, String> exports) {}

    private final Path source;
    private final Map<String, Path> libraries;
    private final Map<String, Module> modules = new LinkedHashMap<>();
    private final Map<String, String> texts = new TreeMap<>();

    ModuleSources(Path source, Map<String, Path> libraries) {
        this.source = source;
        this.libraries = libraries;
    }

    /** Must have been {@link #reachable}. */
    Module module(String path) {
        return modules.get(path);
    }

    /** Modules and all that they import statically, each after those that it needs. */
    Set<String> reachable(Collection<String> roots) {
        var found = new LinkedHashSet<String>();
        roots.forEach(root -> collect(root, found, new LinkedHashSet<>()));
        return found;
    }

    private void collect(String path, Set<String> found, Set<String> importing) {
        if (found.contains(path)) {
            return;
        }
        if (!importing.add(path)) {
            throw new BadSource("modules import each other: " + importing);
        }
        Module module = modules.computeIfAbsent(path, this::parse);
        module.imports().forEach((needed, names) -> {
            collect(needed, found, importing);
            if (!modules.get(needed).exports().keySet().containsAll(names)) {
                throw new BadSource(path + " imports " + names + " from " + needed + ", which has not all of them");
            }
        });
        importing.remove(path);
        found.add(path);
    }

    private Module parse(String path) {
        String code = read(path);
        var imports = new LinkedHashMap<String, List<String>>();
        IMPORT.matcher(code)
                .results()
                .forEach(match -> imports.put(match.group(2), List.of(match.group(1).split(", "))));
        List<String> later = new ArrayList<>();
        DYNAMIC.matcher(code).results().forEach(match -> later.add(match.group(1)));
        var exports = new TreeMap<String, String>();
        code = EXPORT.matcher(code).replaceAll(match -> {
            exports.put(match.group(2), match.group(2));
            return Matcher.quoteReplacement(match.group(1) + " " + match.group(2));
        });
        code = EXPORT_LIST.matcher(code).replaceAll(match -> {
            exports.putAll(listed(match));
            return "";
        });
        Matcher unsupported = UNSUPPORTED.matcher(IMPORT.matcher(code).replaceAll(""));
        if (unsupported.find()) {
            throw new BadSource(path + " has a line that is not supported: " + unsupported.group());
        }
        return new Module(path, code.strip(), imports, later, exports);
    }

    /** The local names of a list of exports by the exported ones. */
    private static Map<String, String> listed(MatchResult match) {
        return List.of(match.group(1).split(",")).stream()
                .map(entry -> entry.strip().split("\\s+as\\s+"))
                .collect(Collectors.toMap(names -> names[names.length - 1], names -> names[0]));
    }

    /** The text of a source: of another folder if it is one of the libraries. */
    String read(String path) {
        return texts.computeIfAbsent(path, _ -> {
            Path file = path.startsWith("./") ? source.resolve(path.substring(2)) : libraries.get(path);
            if (file == null || !Files.isRegularFile(file)) {
                throw new BadSource("there is no file for the import of " + path);
            }
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Hexadecimal digits that change with anything that was read. */
    String version() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            texts.values().forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }
}
