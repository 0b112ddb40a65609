import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A step of the build: bundles the modules and style sheets of the dashboard into the few files that the gateway serves, because
 * each file costs a browser several milliseconds before the first paint.
 *
 * <p>{@code app.js.gz} holds the module {@code app.js} and all that it imports. {@code more.js.gz} holds every module that is
 * imported dynamically, and what only those import. Each module becomes a function that returns its exports, so names cannot
 * clash. Modules are evaluated as browsers do: in the order of their imports, and those of {@code more.js} at the first import
 * of each. The code is not changed otherwise.
 * {@code dashboard.css.gz} holds the style sheet with the ones that it imports. The same sources always give the same bytes.
 *
 * <p>Understands what the sources need and fails on anything else: imports of names, each on a line of its own, exported functions,
 * classes and constants, and a list of exports at the end of a library. Cycles and {@code await} outside functions are not supported.
 */
final class ModuleBundle {
    private static final String ENTRY = "app.js";
    private static final String REST = "more.js";
    private static final String STYLES = "dashboard.css";

    private static final String ONCE = """
            const once = (make) => {
              let made;
              return () => (made ??= make());
            };
            """;

    private static final Pattern IMPORT =
            Pattern.compile("^import \\{(\\w+(?:, \\w+)*)} from '([./\\w-]+)';$", Pattern.MULTILINE);
    private static final Pattern DYNAMIC = Pattern.compile("\\bimport\\('([./\\w-]+)'\\)");
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?function|class|const) (\\w+)", Pattern.MULTILINE);
    private static final Pattern EXPORT_LIST = Pattern.compile("\\bexport\\s*\\{([^}]*)};?\\s*$");
    private static final Pattern UNSUPPORTED = Pattern.compile("^(import|export|await)\\b.*$", Pattern.MULTILINE);
    private static final Pattern STYLE_IMPORT = Pattern.compile("^@import '([./\\w-]+)';$", Pattern.MULTILINE);

    /** What is wrong with the sources. */
    static final class BadSource extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadSource(String message) {
            super(message);
        }
    }

    /**
     * A module as it stands in a bundle.
     *
     * @param imports the modules that it needs before it is evaluated, with the names that it uses of them
     * @param later the modules that it imports dynamically
     * @param exports the exported names, with the expression for each
     */
    private record Module(
            String path,
            String code,
            Map<String, List<String>> imports,
            List<String> later,
            Map<String, String> exports) {}

    private final Path source;
    private final Map<String, Path> libraries;
    private final Map<String, Module> modules = new LinkedHashMap<>();

    private ModuleBundle(Path source, Map<String, Path> libraries) {
        this.source = source;
        this.libraries = libraries;
    }

    /** Arguments: the folder of the sources, the folder of the bundles, and {@code path=file} for each import of another folder. */
    public static void main(String[] arguments) throws IOException {
        try {
            Map<String, Path> libraries = List.of(arguments).subList(2, arguments.length).stream()
                    .map(argument -> argument.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> Path.of(parts[1])));
            bundle(Path.of(arguments[0]), Path.of(arguments[1]), libraries);
        } catch (BadSource bad) {
            System.err.println("The dashboard cannot be bundled: " + bad.getMessage());
            System.exit(1);
        }
    }

    /**
     * Writes the bundles of the folder {@code source} to the folder {@code target}.
     *
     * @param libraries the file of each import that leads to another folder, by its path as it is written in the sources
     */
    static void bundle(Path source, Path target, Map<String, Path> libraries) throws IOException {
        var bundle = new ModuleBundle(source, libraries);
        Set<String> first = bundle.reachable(List.of("./" + ENTRY));
        Set<String> all = new LinkedHashSet<>(first);
        var dynamic = new TreeSet<String>();
        for (var open = first; !open.isEmpty(); ) {
            Set<String> named = open.stream()
                    .flatMap(path -> bundle.modules.get(path).later().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            dynamic.addAll(named);
            open = bundle.reachable(named);
            open.removeAll(all);
            all.addAll(open);
        }
        for (String path : dynamic) {
            if (first.contains(path)) {
                throw new BadSource(path + " is imported dynamically, but needed at once by another module");
            }
        }
        Set<String> rest = new LinkedHashSet<>(all);
        rest.removeAll(first);
        Files.createDirectories(target);
        Set<String> shared = bundle.shared(first, rest);
        write(target.resolve(ENTRY + ".gz"), bundle.text(first, Set.of(), "") + exported(shared));
        String imports = shared.isEmpty() ? "" : "import {%s} from './%s';\n".formatted(constants(shared), ENTRY);
        write(target.resolve(REST + ".gz"), bundle.text(rest, rest, imports + ONCE) + exported(dynamic));
        write(target.resolve(STYLES + ".gz"), bundle.styles());
    }

    /** Modules and all that they import statically, each after those that it needs. */
    private Set<String> reachable(Collection<String> roots) {
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

    /** The modules of a bundle that another one imports. */
    private Set<String> shared(Set<String> first, Set<String> rest) {
        return rest.stream()
                .flatMap(path -> modules.get(path).imports().keySet().stream())
                .filter(first::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param lazy the modules that are evaluated when they are imported for the first time */
    private String text(Set<String> paths, Set<String> lazy, String head) {
        var text = new StringBuilder(head);
        for (String path : paths) {
            Module module = modules.get(path);
            String code = IMPORT.matcher(module.code())
                    .replaceAll(match -> replacement("const {%s} = %s%s;"
                            .formatted(
                                    match.group(1),
                                    constant(match.group(2)),
                                    lazy.contains(match.group(2)) ? "()" : "")));
            String exports = module.exports().entrySet().stream()
                    .map(one -> one.getKey().equals(one.getValue()) ? one.getKey() : one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining(", "));
            text.append("const %s = %s(() => {\n".formatted(constant(path), lazy.contains(path) ? "once" : ""));
            text.append(code).append("\nreturn {").append(exports).append("};\n");
            text.append(lazy.contains(path) ? "});\n" : "})();\n");
        }
        return text.toString();
    }

    private static String exported(Set<String> paths) {
        return paths.isEmpty() ? "" : "export {" + constants(paths) + "};\n";
    }

    private static String constants(Set<String> paths) {
        return paths.stream().map(ModuleBundle::constant).collect(Collectors.joining(", "));
    }

    private Module parse(String path) {
        String code = read(path);
        var imports = new LinkedHashMap<String, List<String>>();
        IMPORT.matcher(code)
                .results()
                .forEach(match -> imports.put(match.group(2), List.of(match.group(1).split(", "))));
        var later = new ArrayList<String>();
        code = DYNAMIC.matcher(code).replaceAll(match -> {
            later.add(match.group(1));
            return replacement("import('./%s').then((it) => it.%s())".formatted(REST, constant(match.group(1))));
        });
        var exports = new TreeMap<String, String>();
        code = EXPORT.matcher(code).replaceAll(match -> {
            exports.put(match.group(2), match.group(2));
            return replacement(match.group(1) + " " + match.group(2));
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

    private static String replacement(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** The name of the constant with a module's exports: {@code $watchList} for {@code ./watch-list.js}. */
    private static String constant(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
        return "$" + Pattern.compile("-(\\w)").matcher(name).replaceAll(match -> match.group(1).toUpperCase());
    }

    private String styles() {
        return STYLE_IMPORT
                .matcher(read("./" + STYLES))
                .replaceAll(match -> replacement(read(match.group(1)).strip() + "\n"));
    }

    private String read(String path) {
        Path file = path.startsWith("./") ? source.resolve(path.substring(2)) : libraries.get(path);
        if (file == null || !Files.isRegularFile(file)) {
            throw new BadSource("there is no file for the import of " + path);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
