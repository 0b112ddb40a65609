package io.marketbrain.facade;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** LibreOffice Calc, which fetches and reads CSV. Tests that need it are skipped, with the reason, where it is not installed. */
final class LibreOffice {
    private static final int SECONDS = 120;

    /** CSV with commas, quotes and UTF-8 from the first line, in English (USA), whose dates and numbers are detected. */
    private static final String FILTER = "Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true";

    private LibreOffice() {}

    /** The sheet, as XML, that it makes of the CSV at an address. */
    static String sheet(String address, Path folder) throws IOException {
        assumeTrue(NpmPackages.isProgram("soffice"), "skipped: LibreOffice is not installed");
        Path out = folder.resolve("sheets");
        NpmPackages.Result result = NpmPackages.run(
                folder,
                SECONDS,
                List.of(
                        "soffice",
                        "-env:UserInstallation=file://" + folder.resolve("profile"),
                        "--headless",
                        "--infilter=" + FILTER,
                        "--convert-to",
                        "fods",
                        "--outdir",
                        out.toString(),
                        address));
        if (!Files.isDirectory(out)) {
            throw new AssertionError(result.output());
        }
        try (Stream<Path> sheets = Files.list(out)) {
            return Files.readString(sheets.findFirst().orElseThrow());
        }
    }
}
