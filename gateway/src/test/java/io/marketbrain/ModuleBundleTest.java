package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The step of the build that bundles the page and modules of the dashboard, and what it rejects. */
class ModuleBundleTest {
    @RegisterExtension
    static final BuildProgram PROGRAM = new BuildProgram("ModuleBundle");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        put("index.html", """
                <link rel="stylesheet" href="dashboard/dashboard.css">
                <script src="dashboard/start.js"></script>
                """);
        put("start.js", """
                // The script of the page.

                import {begin} from './first-part.js';

                begin().then(() => import('./app.js'));
                """);
        put("first-part.js", "import {one} from './one.js';\n\nexport async function begin() {\n  return one;\n}\n");
        put("one.js", "export const one = '$1';\n");
        put("app.js", """
                import {one} from './one.js';
                import {html} from '../lib/library.js';

                const later = () => import('./chart.js');
                html(one, later);
                """);
        put("chart.js", """
                import {one} from './one.js';
                import {two} from './two.js';
                import {html} from '../lib/library.js';

                export class Chart {}
                """);
        put("two.js", "export function two() {}\n");
        put("dashboard.css", "@import '../lib/theme.css';\n\np { color: red; }\n");
        put("library.js", "/*! MIT */const a=1,b=2;export{a as html,b}");
        put("theme.css", "/* theme */\n");
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void bundle() throws IOException {
        PROGRAM.call(
                "bundle",
                folder,
                folder.resolve("out"),
                Map.of(
                        "../lib/library.js", folder.resolve("library.js"),
                        "../lib/theme.css", folder.resolve("theme.css")));
    }

    /** The text of the page, in which all versions are named {@code VERSION}. */
    private String page() throws IOException {
        bundle();
        return Files.readString(folder.resolve("out/index.html")).replace(version(), "VERSION");
    }

    private String script(String name) throws IOException {
        bundle();
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(folder.resolve("out/" + name + "-" + version() + ".js.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(version(), "VERSION");
        }
    }

    private String version() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("app-"))
                    .map(name -> name.substring("app-".length(), name.length() - ".js.gz".length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void the_page_holds_the_style_sheet_and_the_first_script_with_all_that_they_import() throws IOException {
        assertThat(page()).isEqualTo("""
                <style>/* theme */


                p { color: red; }
                </style>
                <script>'use strict';
                const $one = (() => {
                const one = '$1';
                return {one};
                })();
                const $firstPart = (() => {
                const {one} = $one;

                async function begin() {
                  return one;
                }
                return {begin};
                })();
                const $start = (() => {
                // The script of the page.

                const {begin} = $firstPart;

                begin().then(() => import('./dashboard/app-VERSION.js'));
                return {};
                })();
                </script>
                """);
    }

    @Test
    void the_policy_allows_the_style_sheet_and_the_script_of_the_page_only() throws Exception {
        String page = page().replace("VERSION", version());
        assertThat(Files.readString(folder.resolve("out/policy.txt")))
                .isEqualTo("script-src 'self' 'sha256-" + hash(page, "script") + "'; style-src 'self' 'sha256-"
                        + hash(page, "style") + "'");
    }

    private static String hash(String page, String element) throws NoSuchAlgorithmException {
        String content = page.substring(
                page.indexOf("<" + element + ">") + element.length() + 2, page.indexOf("</" + element + ">"));
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_first_bundle_holds_what_the_entry_needs_besides_the_modules_of_the_page() throws IOException {
        assertThat(script("app")).isEqualTo("""
                const $library = (() => {
                /*! MIT */const a=1,b=2;
                return {b, html: a};
                })();
                const $app = (() => {
                const {one} = $one;
                const {html} = $library;

                const later = () => import('./more-VERSION.js').then((it) => it.$chart());
                html(one, later);
                return {};
                })();
                export {$library};
                """);
    }

    @Test
    void the_second_bundle_holds_what_is_imported_later_and_shares_the_modules_of_the_first() throws IOException {
        assertThat(script("more")).isEqualTo("""
                import {$library} from './app-VERSION.js';
                const once = (make) => {
                  let made;
                  return () => (made ??= make());
                };
                const $two = once(() => {
                function two() {}
                return {two};
                });
                const $chart = once(() => {
                const {one} = $one;
                const {two} = $two();
                const {html} = $library;

                class Chart {}
                return {Chart};
                });
                export {$chart};
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "start.js", "two.js", "dashboard.css", "theme.css", "library.js"})
    void the_version_changes_with_each_source_and_with_nothing_else(String name) throws IOException {
        bundle();
        String before = version();
        bundle();
        assertThat(version()).isEqualTo(before);
        Files.writeString(folder.resolve(name), " ", StandardOpenOption.APPEND);
        Files.delete(folder.resolve("out/app-" + before + ".js.gz"));
        bundle();
        assertThat(version()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'</script>'", "'</style>'", "'<!--'"})
    void a_text_that_would_end_the_script_within_the_page_is_rejected(String text) throws IOException {
        put("one.js", "export const one = " + text + ";\n");
        assertRejected();
    }

    @Test
    void a_page_without_a_place_for_the_first_script_is_rejected() throws IOException {
        put("index.html", "<link rel=\"stylesheet\" href=\"dashboard/dashboard.css\">");
        assertRejected();
    }

    private void assertRejected() {
        assertThatThrownBy(this::bundle)
                .satisfies(
                        thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo("BadSource"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import * as all from './one.js';",
                "import './one.js';",
                "import {one as other} from './one.js';",
                "import {other} from './one.js';",
                "export default 1;",
                "export let changing = 1;",
                "export {one} from './one.js';",
                "await 1;",
                "import {gone} from './gone.js';",
                "import {chart} from './chart.js';\nimport('./chart.js');",
                "import {start} from './start.js';"
            })
    void what_the_bundle_could_not_do_as_browsers_do_is_rejected(String line) throws IOException {
        put("first-part.js", line + "\nexport const begin = 1;\n");
        assertRejected();
    }
}
