package io.marketbrain.provider.recording;

import io.marketbrain.model.SettingRange;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings of recording and replaying.
 *
 * @param folder where exchanges with live providers are recorded; empty to record nothing
 * @param maxBytes how many bytes the recordings may take on disk, earlier ones included: 1 MiB to 1 TiB
 * @param maxFiles how many files they may be: 2 to 10 million; an exchange takes two
 * @param queueBytes how many bytes of responses may wait to be written: 64 KiB to 256 MiB
 * @param replayFolder the recording that providers in replay mode answer from
 * @param clock which time replayed responses have
 */
public record RecordingConfig(
        Optional<Path> folder,
        long maxBytes,
        int maxFiles,
        int queueBytes,
        Optional<Path> replayFolder,
        ReplayTime clock) {
    public static final SettingRange<Long> MAX_BYTES = SettingRange.of("record.max_bytes", 1L << 20, 1L << 40);
    public static final SettingRange<Integer> MAX_FILES = SettingRange.of("record.max_files", 2, 10_000_000);
    public static final SettingRange<Integer> QUEUE_BYTES = SettingRange.of("record.queue", 64 << 10, 256 << 20);

    private static final int HEAP_SHARE = 32;

    /** When a replayed response was received, as answers state it. */
    public enum ReplayTime {
        /** When it was recorded. */
        RECORDED,
        /** When it is replayed. */
        SHIFTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RecordingConfig {
        MAX_BYTES.check(maxBytes);
        MAX_FILES.check(maxFiles);
        QUEUE_BYTES.check(queueBytes);
    }

    public static RecordingConfig defaults() {
        return new RecordingConfig(
                Optional.empty(), 256L << 20, 20_000, 8 << 20, Optional.empty(), ReplayTime.RECORDED);
    }

    /** The same settings with a queue no larger than a heap of so many bytes allows. */
    public RecordingConfig within(long heapBytes) {
        int most = (int) Math.max(64 << 10, Math.min(queueBytes, heapBytes / HEAP_SHARE));
        return new RecordingConfig(folder, maxBytes, maxFiles, most, replayFolder, clock);
    }

    /** The same settings for recording in a folder. */
    public RecordingConfig recordingIn(Path folder) {
        return new RecordingConfig(Optional.of(folder), maxBytes, maxFiles, queueBytes, replayFolder, clock);
    }

    /** The same settings for replaying from a folder. */
    public RecordingConfig replaying(Path folder, ReplayTime time) {
        return new RecordingConfig(this.folder, maxBytes, maxFiles, queueBytes, Optional.of(folder), time);
    }
}
