package io.marketbrain.cli.doctor;

import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.ServeOptions;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code brain doctor}: what is wrong on this machine and how to fix it. */
@Command(
        name = "doctor",
        header = "Reports what is wrong on this machine and how to fix it.",
        description = {
            "Checks Java, the settings, the port, Redis, proxies, the live providers, the clock, the disk and the memory,"
                    + " and exits with code 1 if anything is wrong. Calls only the providers that are live.",
        },
        footer = {"", "Examples:", "  brain doctor", "  brain doctor --port 9000"})
public final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Launcher launcher;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default text in a terminal, one line of JSON per check in a pipe.")
    private OutputFormats.@Nullable Listing format;

    @Mixin
    private ServeOptions options = new ServeOptions();

    public DoctorCommand(CommandContext context, Launcher launcher) {
        this.context = context;
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        List<CheckResult> findings = examine();
        boolean text = OutputFormats.isTable(format, context);
        findings.forEach(finding -> context.out().print(text ? text(finding) : json(finding)));
        long wrong = findings.stream()
                .filter(f -> f.grade() == CheckResult.Grade.WRONG)
                .count();
        if (text) {
            context.out()
                    .println(
                            wrong == 0
                                    ? "No problems found."
                                    : wrong == 1 ? "1 problem found." : wrong + " problems found.");
        }
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private List<CheckResult> examine() {
        var findings = new ArrayList<CheckResult>();
        findings.add(MachineCheck.java(Runtime.version(), System.getProperty("java.home", "")));
        switch (SettingsLoader.load(context, options.given())) {
            case ConfigResult.Refused refused -> {
                refused.problems().forEach(p -> findings.add(CheckResult.wrong("settings", p, "correct that line")));
                refused.hints().forEach(h -> findings.add(CheckResult.note("settings", h, "")));
            }
            case ConfigResult.Loaded loaded -> {
                findings.add(CheckResult.good("settings", SettingsSummary.words(loaded)));
                loaded.hints().forEach(h -> findings.add(CheckResult.note("settings", h, "")));
                var server = loaded.config().server();
                findings.add(PortCheck.examine(server.host(), server.port()));
                findings.add(RedisCheck.examine(loaded.config().redis(), context.clock()));
                findings.addAll(ProxyCheck.examine(
                        loaded.config().transport(),
                        ProxyCheck.findTunnelTarget(loaded.config(), Descriptors.builtIn())));
                findings.addAll(LiveProviderCheck.examine(loaded, launcher, context.clock()));
            }
        }
        findings.add(MachineCheck.clock(context.clock().instant(), MachineCheck.built(context.home())));
        findings.add(MachineCheck.disk(context.workingDirectory()));
        findings.add(MachineCheck.memory(MachineCheck.availableBytes()));
        return findings;
    }

    private static String text(CheckResult finding) {
        String mark = switch (finding.grade()) {
            case GOOD -> "ok   ";
            case NOTE -> "note ";
            case WRONG -> "WRONG";
        };
        return mark + " " + finding.subject() + ": " + finding.words() + "\n"
                + (finding.remedy().isEmpty() ? "" : "      -> " + finding.remedy() + "\n");
    }

    private static String json(CheckResult finding) {
        return new String(
                        JsonDocument.object(json -> json.put("subject", finding.subject())
                                .put("grade", finding.grade().name().toLowerCase(Locale.ROOT))
                                .put("words", finding.words())
                                .put("remedy", finding.remedy().isEmpty() ? null : finding.remedy())),
                        StandardCharsets.UTF_8)
                + "\n";
    }
}
