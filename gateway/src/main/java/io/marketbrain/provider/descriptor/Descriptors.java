package io.marketbrain.provider.descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The descriptors of the providers that ship with the gateway. The index, one small resource, is read at first use; each
 * descriptor once, when it is first needed.
 */
public final class Descriptors {
    static final String INDEX = "/providers/index.tsv";

    private Descriptors() {}

    /** Every built-in provider, in the order of the index. */
    public static List<IndexedDescriptor> builtIn() {
        return Holder.BUILT_IN;
    }

    /** The entries of an index; {@code reader} reads the descriptor of an id. */
    static List<IndexedDescriptor> index(String text, Function<String, Descriptor> reader) {
        return text.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> {
                    String id = line.substring(0, line.indexOf('\t'));
                    return IndexedDescriptor.parse(line, new Lazy<>(() -> reader.apply(id)));
                })
                .toList();
    }

    private static final class Holder {
        static final List<IndexedDescriptor> BUILT_IN = index(read(), DescriptorReader::builtIn);

        private static String read() {
            try (InputStream in = Descriptors.class.getResourceAsStream(INDEX)) {
                if (in == null) {
                    throw new IllegalStateException("no resource " + INDEX);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("the resource " + INDEX + " cannot be read", e);
            }
        }
    }
}
