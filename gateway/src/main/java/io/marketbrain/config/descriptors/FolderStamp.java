package io.marketbrain.config.descriptors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the files of the folder are, without reading them: equal stamps mean that nothing has changed. Immutable.
 *
 * @param exists whether there is a folder
 * @param files the descriptors by name
 */
public record FolderStamp(boolean exists, Map<String, Entry> files) {
    /** The stamp of a folder that does not exist. */
    public static final FolderStamp NO_FOLDER = new FolderStamp(false, Map.of());

    /** A file's length, when it was last changed, and which file it is, where the file system says so. */
    public record Entry(long size, FileTime modified, String key) {}

    public FolderStamp {
        files = Map.copyOf(files);
    }

    /** The present stamp of a folder. A folder that cannot be read has no files. */
    public static FolderStamp of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return NO_FOLDER;
        }
        var files = new TreeMap<String, Entry>();
        try {
            for (Path file : DescriptorFolder.files(folder)) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                files.put(
                        String.valueOf(file.getFileName()),
                        new Entry(
                                attributes.size(),
                                attributes.lastModifiedTime(),
                                String.valueOf(attributes.fileKey())));
            }
        } catch (IOException e) {
            // A file that has just been removed, or an unreadable folder: the reader says so.
            return new FolderStamp(true, files);
        }
        return new FolderStamp(true, files);
    }

    /** The descriptor's file of a provider. */
    public Optional<Entry> findFile(String id) {
        return Optional.ofNullable(files.get(id + DescriptorFolder.ENDING));
    }
}
