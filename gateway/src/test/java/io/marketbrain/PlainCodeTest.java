package io.marketbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build step that removes run-time linkage from class files. */
class PlainCodeTest {
    private static final Set<String> SLOW = Set.of("typeSwitch", "equals", "hashCode");

    @Test
    void no_type_switch_or_record_method_is_linked_at_run_time() throws Exception {
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                collect(ClassFile.of().parse(file), left);
            }
        }
        assertThat(left).isEmpty();
    }

    @Test
    void records_with_equal_components_are_still_equal() {
        var one = new io.marketbrain.model.ProviderId("binance");
        assertThat(one).isEqualTo(new io.marketbrain.model.ProviderId("binance"));
        assertThat(one).hasSameHashCodeAs(new io.marketbrain.model.ProviderId("binance"));
        assertThat(one)
                .isNotEqualTo(new io.marketbrain.model.ProviderId("kraken"))
                .isNotEqualTo("binance");
        assertThat(one.equals(null)).isFalse();
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(Gateway.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static void collect(ClassModel model, List<String> left) {
        for (MethodModel method : model.methods()) {
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        if (element instanceof InvokeDynamicInstruction call
                                && SLOW.contains(call.name().stringValue())
                                && call.bootstrapArgs().stream().noneMatch(String.class::isInstance)) {
                            left.add(model.thisClass().name() + "." + method.methodName());
                        }
                    }));
        }
    }
}
