package io.marketbrain.config.descriptors;

import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.descriptor.ProviderConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The folder with the user's descriptors, as it was at the start, and how it is read again with the settings of its providers. */
public final class DescriptorUpdates {
    /** Without a folder. */
    public static final DescriptorUpdates NONE = new DescriptorUpdates(
            Path.of(""),
            FolderStamp.NO_FOLDER,
            DescriptorFolder.EMPTY,
            () -> Reread.refused(List.of("there is no folder")));

    private final Path folder;
    private final FolderStamp stamp;
    private final DescriptorFolder atStart;
    private final Supplier<Reread> reader;

    /**
     * The folder as it is now.
     *
     * @param providers the valid descriptors and the refused ones
     * @param settings the settings of the providers
     * @param problems why the settings could not be read; then the rest is empty
     */
    public record Reread(DescriptorFolder providers, Map<ProviderId, ProviderConfig> settings, List<String> problems) {
        public static Reread of(DescriptorFolder providers, Map<ProviderId, ProviderConfig> settings) {
            return new Reread(providers, settings, List.of());
        }

        public static Reread refused(List<String> problems) {
            return new Reread(DescriptorFolder.EMPTY, Map.of(), problems);
        }
    }

    /**
     * The updates of a folder.
     *
     * @param stamp the folder's stamp before {@code atStart} was read
     */
    public DescriptorUpdates(Path folder, FolderStamp stamp, DescriptorFolder atStart, Supplier<Reread> reader) {
        this.folder = folder;
        this.stamp = stamp;
        this.atStart = atStart;
        this.reader = reader;
    }

    /** The folder; empty if there was none at the start. */
    public Optional<Path> findFolder() {
        return stamp.exists() ? Optional.of(folder) : Optional.empty();
    }

    /** The folder's stamp before it was read at the start. */
    public FolderStamp stampAtStart() {
        return stamp;
    }

    public DescriptorFolder atStart() {
        return atStart;
    }

    /** The folder's stamp now. */
    public FolderStamp stamp() {
        return FolderStamp.of(folder);
    }

    /** Reads the folder and the settings again. */
    public Reread read() {
        return reader.get();
    }
}
