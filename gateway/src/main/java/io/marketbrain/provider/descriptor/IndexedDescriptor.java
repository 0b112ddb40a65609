package io.marketbrain.provider.descriptor;

import io.marketbrain.model.ProviderId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A provider's entry in the index of descriptors: what settings and start-up need. The descriptor itself is read once, when
 * it is first needed.
 *
 * @param baseUrl the base URL of its main host
 * @param keySetting the setting that holds the key, if the provider takes one
 * @param secretSetting the setting that holds the secret, if there is one
 */
public record IndexedDescriptor(
        ProviderId id,
        String name,
        String baseUrl,
        Optional<String> keySetting,
        Optional<String> secretSetting,
        Supplier<Descriptor> descriptor) {

    /** The index entry of a descriptor that has been read. */
    public static IndexedDescriptor of(Descriptor descriptor) {
        return new IndexedDescriptor(
                descriptor.id(),
                descriptor.name(),
                descriptor.hosts().main().toString(),
                descriptor.keySetting(),
                descriptor.secretSetting(),
                () -> descriptor);
    }

    /** Its line in the index; a dash stands for a missing value. */
    String line() {
        return String.join("\t", id.value(), name, baseUrl, keySetting.orElse("-"), secretSetting.orElse("-"));
    }

    /** The entry of a line that {@link #line} wrote; {@code descriptor} reads the descriptor itself. */
    static IndexedDescriptor parse(String line, Supplier<Descriptor> descriptor) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("an index line has 5 fields, not " + fields.length);
        }
        return new IndexedDescriptor(
                new ProviderId(fields[0]), fields[1], fields[2], setting(fields[3]), setting(fields[4]), descriptor);
    }

    private static Optional<String> setting(String field) {
        return field.equals("-") ? Optional.empty() : Optional.of(field);
    }
}
