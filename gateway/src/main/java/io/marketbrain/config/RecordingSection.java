package io.marketbrain.config;

import io.marketbrain.provider.recording.RecordingConfig;

/** The settings of recording and replaying. */
final class RecordingSection {
    private final SettingsReader in;

    RecordingSection(SettingsReader in) {
        this.in = in;
    }

    RecordingConfig read() {
        return in.section(
                RecordingConfig.defaults(),
                d -> new RecordingConfig(
                        in.findPath(
                                "record.folder",
                                "The folder in which exchanges with live providers are recorded, without credentials; not set: nothing is recorded."),
                        in.bytes(
                                RecordingConfig.MAX_BYTES,
                                d.maxBytes(),
                                "How much the recordings in the folder may take, earlier ones included; further exchanges are dropped and counted."),
                        in.integer(
                                RecordingConfig.MAX_FILES,
                                d.maxFiles(),
                                "How many files the recordings may be; an exchange takes two."),
                        in.arrayBytes(
                                RecordingConfig.QUEUE_BYTES,
                                d.queueBytes(),
                                "How much may wait in memory to be written; further exchanges are dropped and counted. A smaller heap lowers it."),
                        in.findPath(
                                "replay.folder",
                                "The recording that providers with the mode replay answer from: a folder that was given as RECORD_FOLDER, or a report of it."),
                        in.choice(
                                "replay.clock",
                                RecordingConfig.ReplayTime.class,
                                RecordingConfig.ReplayTime::wire,
                                d.clock(),
                                "When a replayed response counts as received: at the time of the recording (recorded) or now (shifted). The times in the data stay as they are.")));
    }
}
