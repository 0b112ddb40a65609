package io.marketbrain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A program of the build, compiled and loaded before the tests of a class: what is in {@code src/build} belongs to no jar. */
final class BuildProgram implements BeforeAllCallback, AfterAllCallback {
    private final String name;
    private @Nullable URLClassLoader loader;
    private @Nullable Class<?> program;

    BuildProgram(String name) {
        this.name = name;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, ClassNotFoundException {
        Path classes = Files.createDirectories(Path.of("target", "build-programs", name));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-sourcepath",
                        "src/build",
                        "-d",
                        classes.toString(),
                        "src/build/" + name + ".java");
        assertThat(result).isZero();
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        program = loader.loadClass(name);
    }

    /**
     * Calls the only static method of a name; what it throws is thrown as it is.
     *
     * @throws IOException if it throws that
     */
    void call(String name, Object... arguments) throws IOException {
        Method method = Stream.of(requireNonNull(program).getDeclaredMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try {
            method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case IOException failed -> throw failed;
                default -> throw new AssertionError(e.getCause());
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        requireNonNull(loader).close();
    }
}
