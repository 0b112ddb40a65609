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

    private static final Entry UNREADABLE = new Entry(-1, FileTime.fromMillis(0), "");

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
                files.put(String.valueOf(file.getFileName()), entry(file));
            }
        } catch (IOException e) {
            // The reader says that the folder cannot be read.
            return new FolderStamp(true, Map.of());
        }
        return new FolderStamp(true, files);
    }

    private static Entry entry(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Entry(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            // Such as a link to nothing: the reader says so. The other files are watched all the same.
            return UNREADABLE;
        }
    }

    /** The descriptor's file of a provider. */
    public Optional<Entry> findFile(String id) {
        return Optional.ofNullable(files.get(id + DescriptorFolder.ENDING));
    }
}
