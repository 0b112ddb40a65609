package io.marketbrain.provider.recording;

import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/** Copies a recording, without the credentials known here, which may not have been known when it was recorded. */
public final class RecordingCopy {
    private static final SmallFile.Limits BODY =
            SmallFile.Limits.ofKibibytes(PayloadLimits.MAX_BYTES / 1024, Integer.MAX_VALUE);

    private RecordingCopy() {}

    /** Copies every exchange into {@code report/rest/<provider>}, under its name. */
    public static void copy(RecordingArchive archive, Path report, Collection<Secret> secrets)
            throws IOException, UnreadableFile {
        var scrubber = new Scrubber(secrets);
        for (RecordedExchange exchange : archive.all()) {
            byte[] body = SmallFile.readBytes(exchange.bodyFile(), BODY);
            byte[] clean = scrubber.scrub(body);
            ExchangeMeta meta = exchange.meta().scrubbed(scrubber, Arrays.equals(clean, body));
            Path folder = report.resolve("rest").resolve(meta.provider());
            FileReplacement.replace(
                    folder.resolve(exchange.bodyFile().getFileName().toString()), clean);
            FileReplacement.replace(
                    folder.resolve(exchange.name() + RecordingArchive.META), ExchangeMetaCodec.write(meta, clean));
        }
    }
}
