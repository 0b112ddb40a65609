import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A step of the build: bundles the page, modules and style sheets of the dashboard into the few files that the gateway serves,
 * because each file costs a browser several milliseconds before the first paint.
 *
 * <p>{@code index.html} holds, in place of the references to them, the style sheet with the ones that it imports, and the script
 * {@code start.js} with all that it imports: a browser needs nothing else for the first paint and the first prices.
 * {@code policy.txt} has the part of a content security policy that allows these two and what comes from the gateway.
 * {@code app-VERSION.js.gz} holds what {@code app.js}, which {@code start.js} imports dynamically, needs besides.
 * {@code more-VERSION.js.gz} holds every other module that is imported dynamically, and what only those import. The version
 * changes with any of the sources, so that the files can be cached for ever.
 *
 * <p>Each module becomes a function that returns its exports, so names cannot clash. Those in the page are global constants, which
 * the other files use. Modules are evaluated as browsers do: in the order of their imports, and those of {@code more.js} at the
 * first import of each. The code is not changed otherwise. The same sources always give the same bytes.
 */
final class ModuleBundle {
    private static final String PAGE = "index.html";
    private static final String START = "./start.js";
    private static final String ENTRY = "./app.js";
    private static final String STYLES = "./dashboard.css";

    /** The folder of the files, as the page names it. */
    private static final String FOLDER = "dashboard/";

    private static final String ONCE = """
            const once = (make) => {
              let made;
              return () => (made ??= make());
            };
            """;

    private static final Pattern STYLE_IMPORT = Pattern.compile("^@import '([./\\w-]+)';$", Pattern.MULTILINE);
    private static final Pattern END_TAG = Pattern.compile("</(script|style)|<!--", Pattern.CASE_INSENSITIVE);

    private final ModuleSources sources;
    private String version = "";

    private ModuleBundle(ModuleSources sources) {
        this.sources = sources;
    }

    /** Arguments: the folder of the sources, the folder of the bundles, and {@code path=file} for each import of another folder. */
    public static void main(String[] arguments) throws IOException {
        try {
            Map<String, Path> libraries = List.of(arguments).subList(2, arguments.length).stream()
                    .map(argument -> argument.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> Path.of(parts[1])));
            bundle(Path.of(arguments[0]), Path.of(arguments[1]), libraries);
        } catch (ModuleSources.BadSource bad) {
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
        new ModuleBundle(new ModuleSources(source, libraries)).write(target);
    }

    private void write(Path target) throws IOException {
        Set<String> first = sources.reachable(List.of(START));
        Set<String> second = sources.reachable(List.of(ENTRY));
        second.removeAll(first);
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        var dynamic = new TreeSet<String>();
        for (Set<String> open = new LinkedHashSet<>(all); !open.isEmpty(); ) {
            Set<String> named = later(open);
            dynamic.addAll(named);
            open = sources.reachable(named);
            open.removeAll(all);
            all.addAll(open);
        }
        for (String path : dynamic) {
            if (first.contains(path) || second.contains(path)) {
                throw new ModuleSources.BadSource(
                        path + " is imported dynamically, but needed at once by another module");
            }
        }
        Set<String> rest = new LinkedHashSet<>(all);
        rest.removeAll(first);
        rest.removeAll(second);
        String page = sources.read("./" + PAGE);
        String styles = styles();
        version = sources.version();

        Files.createDirectories(target);
        Set<String> shared = shared(second, rest);
        write(target.resolve(file("app")), text(second, Set.of(), "./") + exported(shared));
        String imports = shared.isEmpty() ? "" : "import {%s} from './%s';\n".formatted(constants(shared), file("app"));
        write(target.resolve(file("more")), imports + ONCE + text(rest, rest, "./") + exported(dynamic));
        String script = "'use strict';\n" + text(first, Set.of(), "./" + FOLDER);
        page = replaced(page, "<link rel=\"stylesheet\" href=\"%sdashboard.css\">", tag("style", styles));
        page = replaced(page, "<script src=\"%sstart.js\"></script>", tag("script", script));
        Files.writeString(target.resolve(PAGE), page);
        Files.writeString(
                target.resolve("policy.txt"),
                "script-src 'self' 'sha256-%s'; style-src 'self' 'sha256-%s'".formatted(hash(script), hash(styles)));
    }

    /** What modules import dynamically, without the entry. */
    private Set<String> later(Set<String> paths) {
        return paths.stream()
                .flatMap(path -> sources.module(path).later().stream())
                .filter(path -> !path.equals(ENTRY))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String file(String name) {
        return name + "-" + version + ".js";
    }

    private static String replaced(String page, String reference, String replacement) {
        String wanted = reference.formatted(FOLDER);
        if (!page.contains(wanted)) {
            throw new ModuleSources.BadSource("the page lacks " + wanted);
        }
        return page.replace(wanted, replacement);
    }

    private static String tag(String name, String content) {
        if (END_TAG.matcher(content).find()) {
            throw new ModuleSources.BadSource("a text in the page's " + name + " would end or hide it");
        }
        return "<%s>%s</%s>".formatted(name, content, name);
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }

    /** The modules of a bundle that another one imports. */
    private Set<String> shared(Set<String> bundle, Set<String> other) {
        return other.stream()
                .flatMap(path -> sources.module(path).imports().keySet().stream())
                .filter(bundle::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param lazy the modules that are evaluated when they are imported for the first time
     * @param folder where the code finds the other files
     */
    private String text(Set<String> paths, Set<String> lazy, String folder) {
        var text = new StringBuilder();
        for (String path : paths) {
            ModuleSources.Module module = sources.module(path);
            String code = ModuleSources.IMPORT.matcher(module.code())
                    .replaceAll(match -> replacement("const {%s} = %s%s;"
                            .formatted(
                                    match.group(1),
                                    constant(match.group(2)),
                                    lazy.contains(match.group(2)) ? "()" : "")));
            code = ModuleSources.DYNAMIC.matcher(code).replaceAll(match -> replacement(imported(match.group(1), folder)));
            String exports = module.exports().entrySet().stream()
                    .map(one -> one.getKey().equals(one.getValue()) ? one.getKey() : one.getKey() + ": " + one.getValue())
                    .collect(Collectors.joining(", "));
            text.append("const %s = %s(() => {\n".formatted(constant(path), lazy.contains(path) ? "once" : ""));
            text.append(code).append("\nreturn {").append(exports).append("};\n");
            text.append(lazy.contains(path) ? "});\n" : "})();\n");
        }
        return text.toString();
    }

    private String imported(String path, String folder) {
        return path.equals(ENTRY)
                ? "import('%s%s')".formatted(folder, file("app"))
                : "import('%s%s').then((it) => it.%s())".formatted(folder, file("more"), constant(path));
    }

    private static String exported(Set<String> paths) {
        return paths.isEmpty() ? "" : "export {" + constants(paths) + "};\n";
    }

    private static String constants(Collection<String> paths) {
        return paths.stream().map(ModuleBundle::constant).collect(Collectors.joining(", "));
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
                .matcher(sources.read(STYLES))
                .replaceAll(match -> replacement(sources.read(match.group(1)).strip() + "\n"));
    }

    /** A script is stored compressed. */
    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
