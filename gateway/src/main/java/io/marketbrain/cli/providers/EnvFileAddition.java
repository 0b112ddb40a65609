package io.marketbrain.cli.providers;

import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.SmallFile;
import io.marketbrain.files.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Adds a setting to the file .env, whose other lines stay as they are. */
record EnvFileAddition(Path file) {
    private static final SmallFile.Limits LIMITS = SmallFile.Limits.ofKibibytes(1024, 10_000);

    /** Adds the line; what is in the way if it cannot be added, such as another value. */
    Optional<String> findProblem(String name, String value) {
        String line = name + "=" + value;
        try {
            String text = FileKind.exists(file) ? SmallFile.readText(file, LIMITS) : "";
            Optional<String> present = text.lines()
                    .map(String::strip)
                    .filter(each -> each.startsWith(name + "="))
                    .findFirst();
            if (present.isPresent()) {
                return present.get().equals(line)
                        ? Optional.empty()
                        : Optional.of(file.getFileName() + " has another " + name + "; make it " + line);
            }
            String before = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
            FileReplacement.replace(file, before + line + "\n");
            return Optional.empty();
        } catch (UnreadableFile e) {
            return Optional.of(file.getFileName() + " cannot be used: it " + e.reason() + "; set " + line);
        } catch (IOException e) {
            return Optional.of(file.getFileName() + " cannot be written; set " + line);
        }
    }
}
