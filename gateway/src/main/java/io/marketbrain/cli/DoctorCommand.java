package io.marketbrain.cli;

import io.marketbrain.api.Json;
import io.marketbrain.config.Loading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code brain doctor}: what is wrong here, and how to mend it. */
@Command(
        name = "doctor",
        header = "Says what is wrong on this machine and how to mend it.",
        description = {
            "Looks at Java, the settings, the port, Redis, the live providers, the clock, the disk and the memory,",
            "and ends with 1 if anything is wrong. Asks a provider only if it is live anyway.",
        },
        footer = {"", "Examples:", "  brain doctor", "  brain doctor --port 9000"})
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Launcher launcher;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "In a terminal text, in a pipe a line of JSON each.")
    private Formats.@Nullable Listing format;

    @Mixin
    private ServeOptions options = new ServeOptions();

    DoctorCommand(Surroundings around, Launcher launcher) {
        this.around = around;
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        List<Finding> findings = examine();
        boolean text = Formats.isTable(format, around);
        findings.forEach(finding -> around.out().print(text ? text(finding) : json(finding)));
        long wrong =
                findings.stream().filter(f -> f.grade() == Finding.Grade.WRONG).count();
        if (text) {
            around.out()
                    .println(
                            wrong == 0
                                    ? "Nothing is wrong."
                                    : wrong == 1 ? "One thing is wrong." : wrong + " things are wrong.");
        }
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        findings.add(Machine.java(Runtime.version(), System.getProperty("java.home", "")));
        switch (Settings.load(around, options.given())) {
            case Loading.Refused refused -> {
                refused.problems().forEach(p -> findings.add(Finding.wrong("settings", p, "mend that line")));
                refused.hints().forEach(h -> findings.add(Finding.note("settings", h, "")));
            }
            case Loading.Loaded loaded -> {
                findings.add(Finding.good("settings", SettingsFound.words(loaded)));
                loaded.hints().forEach(h -> findings.add(Finding.note("settings", h, "")));
                var server = loaded.config().server();
                findings.add(PortCheck.examine(server.host(), server.port()));
                findings.add(RedisCheck.examine(loaded.config().redis(), around.clock()));
                findings.addAll(LiveProviders.examine(loaded, launcher, around.clock()));
            }
        }
        findings.add(Machine.clock(around.clock().instant(), Machine.built(around.home())));
        findings.add(Machine.disk(around.workingDirectory()));
        findings.add(Machine.memory(Machine.availableBytes()));
        return findings;
    }

    private static String text(Finding finding) {
        String mark = switch (finding.grade()) {
            case GOOD -> "ok   ";
            case NOTE -> "note ";
            case WRONG -> "WRONG";
        };
        return mark + " " + finding.subject() + ": " + finding.words() + "\n"
                + (finding.remedy().isEmpty() ? "" : "      -> " + finding.remedy() + "\n");
    }

    private static String json(Finding finding) {
        return new String(
                        Json.object(json -> json.put("subject", finding.subject())
                                .put("grade", finding.grade().name().toLowerCase(Locale.ROOT))
                                .put("words", finding.words())
                                .put("remedy", finding.remedy().isEmpty() ? null : finding.remedy())),
                        StandardCharsets.UTF_8)
                + "\n";
    }
}
