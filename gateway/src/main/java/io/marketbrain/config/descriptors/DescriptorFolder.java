package io.marketbrain.config.descriptors;

import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import io.marketbrain.provider.mapping.MappedAdapter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The providers that a user has added: descriptors with a mapping in one folder, {@code <id>.json} each. Each is checked
 * whole; one that is wrong is left out, with the reason, and affects no other.
 *
 * @param providers the valid ones, by name of their file
 * @param refused the others, or the folder, if none of it is used
 * @param leftOut the providers that the names of files stand for which are not used, without those that exist all the same
 */
public record DescriptorFolder(List<IndexedDescriptor> providers, List<Refusal> refused, Set<ProviderId> leftOut) {
    /**
     * A file that is not used.
     *
     * @param reason what is wrong with it, with file, line and column where there is one
     */
    public record Refusal(Path file, String reason) {
        /** The id that the file's name stands for. */
        public String id() {
            String name = String.valueOf(file.getFileName());
            return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        }

        /** Whether no file of the folder is used. */
        public boolean isOfFolder() {
            return !file.toString().endsWith(ENDING);
        }
    }

    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(256, 256 * 1024);
    private static final int MOST_FILES = 200;
    static final String ENDING = ".json";

    /** Nothing. */
    static final DescriptorFolder EMPTY = new DescriptorFolder(List.of(), List.of(), Set.of());

    /** The descriptors in {@code folder}, which need not exist. */
    public static DescriptorFolder read(Path folder, List<IndexedDescriptor> builtIn) {
        if (!Files.isDirectory(folder)) {
            return EMPTY;
        }
        Set<ProviderId> taken =
                builtIn.stream().map(IndexedDescriptor::id).collect(Collectors.toCollection(HashSet::new));
        taken.add(ProviderId.MOCK);
        taken.add(ProviderId.AUTO);
        List<IndexedDescriptor> providers = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        Set<ProviderId> leftOut = new TreeSet<>();
        try {
            List<Path> files = files(folder);
            if (files.size() > MOST_FILES) {
                refused.add(new Refusal(folder, folder + ": has more than " + MOST_FILES + " files; none is used"));
                files.forEach(file -> leftOut.addAll(named(file)));
                files = List.of();
            }
            for (Path file : files) {
                try {
                    Descriptor descriptor = read(file);
                    if (!taken.add(descriptor.id())) {
                        throw new IllegalArgumentException(
                                file + ": there is another provider '" + descriptor.id() + "'; use another id");
                    }
                    providers.add(IndexedDescriptor.of(descriptor));
                } catch (UnreadableFile e) {
                    refused.add(new Refusal(file, file + ": " + e.reason()));
                    leftOut.addAll(named(file));
                } catch (IllegalArgumentException e) {
                    refused.add(new Refusal(file, String.valueOf(e.getMessage())));
                    leftOut.addAll(named(file));
                }
            }
        } catch (IOException e) {
            refused.add(new Refusal(folder, folder + ": the folder cannot be read"));
        }
        leftOut.removeAll(taken);
        return new DescriptorFolder(providers, refused, leftOut);
    }

    /** The id that a file's name stands for; none if it is no id. */
    private static Set<ProviderId> named(Path file) {
        String name = String.valueOf(file.getFileName());
        String id = name.substring(0, name.length() - ENDING.length());
        return ProviderId.isValid(id) ? Set.of(new ProviderId(id)) : Set.of();
    }

    /** The descriptors in a folder. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path entry : entries) {
                // Hidden files are those of editors and file managers, such as locks.
                if (String.valueOf(entry.getFileName()).startsWith(".")) {
                    continue;
                }
                files.add(entry);
            }
        }
        files.sort(null);
        return files;
    }

    private static Descriptor read(Path file) throws UnreadableFile {
        Descriptor descriptor = DescriptorReader.read(file.toString(), SmallFile.readBytes(file, LIMITS));
        if (!file.getFileName().toString().equals(descriptor.id() + ENDING)) {
            throw new IllegalArgumentException(
                    file + ": the id is '" + descriptor.id() + "'; call the file " + descriptor.id() + ENDING);
        }
        MappedAdapter.of(
                descriptor,
                descriptor
                        .mapping()
                        .orElseThrow(() -> new IllegalArgumentException(file + ": the key 'mapping' is missing")));
        return descriptor;
    }
}
