package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The step of the build that bundles the modules of the dashboard, and what it rejects. */
class ModuleBundleTest {
    @TempDir
    static Path classes;

    private static BuildProgram program;

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() throws Exception {
        program = new BuildProgram("ModuleBundle", classes);
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    @BeforeEach
    void write() throws IOException {
        put("app.js", """
                // The entry.

                import {start} from './first-part.js';
                import {html} from '../lib/library.js';

                const later = () => import('./chart.js');
                start(html, later);
                """);
        put("first-part.js", "import {one} from './one.js';\n\nexport async function start() {\n  return one;\n}\n");
        put("one.js", "export const one = '$1';\n");
        put("chart.js", "import {one} from './one.js';\nimport {two} from './two.js';\n\nexport class Chart {}\n");
        put("two.js", "export function two() {}\n");
        put("dashboard.css", "@import '../lib/theme.css';\n\np { color: red; }\n");
        put("library.js", "/*! MIT */const a=1,b=2;export{a as html,b}");
        put("theme.css", "/* theme */\n");
    }

    private void put(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private String bundled(String name) throws IOException {
        program.call(
                "bundle",
                folder,
                folder.resolve("out"),
                Map.of(
                        "../lib/library.js", folder.resolve("library.js"),
                        "../lib/theme.css", folder.resolve("theme.css")));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("out/" + name + ".gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_first_bundle_holds_the_entry_after_all_that_it_imports() throws IOException {
        assertThat(bundled("app.js")).isEqualTo("""
                const $one = (() => {
                const one = '$1';
                return {one};
                })();
                const $firstPart = (() => {
                const {one} = $one;

                async function start() {
                  return one;
                }
                return {start};
                })();
                const $library = (() => {
                /*! MIT */const a=1,b=2;
                return {b, html: a};
                })();
                const $app = (() => {
                // The entry.

                const {start} = $firstPart;
                const {html} = $library;

                const later = () => import('./more.js').then((it) => it.$chart());
                start(html, later);
                return {};
                })();
                export {$one};
                """);
    }

    @Test
    void the_second_bundle_holds_what_is_imported_later_and_shares_the_modules_of_the_first() throws IOException {
        assertThat(bundled("more.js")).isEqualTo("""
                import {$one} from './app.js';
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

                class Chart {}
                return {Chart};
                });
                export {$chart};
                """);
    }

    @Test
    void the_style_sheet_holds_the_ones_that_it_imports() throws IOException {
        assertThat(bundled("dashboard.css")).isEqualTo("/* theme */\n\n\np { color: red; }\n");
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
                "import {start} from './app.js';"
            })
    void what_the_bundle_could_not_do_as_browsers_do_is_rejected(String line) throws IOException {
        put("first-part.js", line + "\nexport const start = 1;\n");
        assertThatThrownBy(() -> bundled("app.js"))
                .satisfies(
                        thrown -> assertThat(thrown.getClass().getSimpleName()).isEqualTo("BadSource"));
    }
}
