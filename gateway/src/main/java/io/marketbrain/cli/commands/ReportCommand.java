package io.marketbrain.cli.commands;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.config.EffectiveSetting;
import io.marketbrain.config.Origin;
import io.marketbrain.files.FileKind;
import io.marketbrain.files.FileRefused;
import io.marketbrain.files.FileReplacement;
import io.marketbrain.files.UnreadableFile;
import io.marketbrain.json.IndentedJson;
import io.marketbrain.security.KnownSecrets;
import io.marketbrain.wiring.RecordingReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain report}: a recording as a bug report. */
@Command(
        name = "report",
        header = "Makes a bug report of a recording.",
        description = {
            "Writes a folder with the recorded exchanges, the versions, the settings without secrets, and expected.json:"
                    + " what the gateway makes of each exchange. Correct there what is wrong; put into"
                    + " src/test/resources/reports, the folder is a test.",
        },
        footer = {"", "Examples:", "  brain report recording", "  brain report recording --out wrong-price"})
public final class ReportCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final CommandContext context;

    @Parameters(paramLabel = "FOLDER", description = "A folder that was recorded with RECORD_FOLDER.")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "The folder to create: by default report-<time> in the current one.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    public ReportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(context, options.given(), this::report);
    }

    private int report(ConfigResult.Loaded loaded) {
        Path report = context.workingDirectory()
                .resolve(out.orElseGet(
                        () -> Path.of("report-" + STAMP.format(context.clock().instant()))));
        if (FileKind.exists(report)) {
            context.err().println("brain: " + report + " exists already; name another folder with --out");
            return ExitCode.USAGE;
        }
        try {
            int cases = RecordingReport.write(
                    context.workingDirectory().resolve(folder),
                    report,
                    loaded.config().secrets());
            FileReplacement.replace(report.resolve("report.json"), IndentedJson.of(about(loaded)));
            context.out().println(report);
            context.err()
                    .println(cases + " exchanges. Read the files before you publish them: responses may tell what you"
                            + " asked for.");
            return ExitCode.OK;
        } catch (FileRefused e) {
            context.err().println("brain: " + e.getMessage());
            return ExitCode.FAILURE;
        } catch (UnreadableFile e) {
            context.err().println("brain: a recording " + e.reason());
            return ExitCode.FAILURE;
        } catch (IOException e) {
            context.err().println("brain: " + report + " cannot be written: " + FileKind.reason(e));
            return ExitCode.OUTPUT_FAILED;
        }
    }

    /** The versions and the settings that differ from the defaults. Names of files are left out: they may name people. */
    private String about(ConfigResult.Loaded loaded) {
        var secrets = new KnownSecrets(loaded.config().secrets());
        return new String(
                JsonDocument.object(json -> json.put("format", 1)
                        .put("created", context.clock().instant().toString())
                        .put("gateway", SettingsLoader.version().orElse("development"))
                        .put("java", Runtime.version().toString())
                        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                        .child(
                                "settings",
                                settings -> loaded.settings().stream()
                                        .filter(ReportCommand::isShown)
                                        .forEach(s -> settings.put(s.setting().key(), secrets.redact(s.value()))))),
                StandardCharsets.UTF_8);
    }

    private static boolean isShown(EffectiveSetting s) {
        String key = s.setting().key();
        return s.origin().kind() != Origin.Kind.DEFAULT
                && !s.setting().secret()
                && !key.endsWith("folder")
                && !key.endsWith("file");
    }
}
