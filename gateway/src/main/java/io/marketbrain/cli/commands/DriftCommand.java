package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.LocalGateway;
import io.marketbrain.cli.console.OutputFormats;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import io.marketbrain.provider.descriptor.Descriptors;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code brain providers drift}: how the responses of live providers differ from their known shapes. */
@Command(
        name = "drift",
        header = "Shows how the responses of live providers differ from the shapes they are known to have.",
        description = {
            "Asks the gateway that runs on this machine, which keeps what it has refused since its start.",
        },
        footer = {"", "Examples:", "  brain providers drift", "  brain providers drift kraken --format json"})
public final class DriftCommand implements Callable<Integer> {
    private final LocalGateway local;

    @Parameters(paramLabel = "PROVIDER", arity = "0..1", description = "One provider; by default all.")
    private @Nullable String provider;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "The output format: by default text in a terminal, JSON in a pipe.")
    private OutputFormats.@Nullable Listing format;

    @Mixin
    private ClientOptions options = new ClientOptions();

    public DriftCommand(LocalGateway local) {
        this.local = local;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(local.context(), options.given(), this::drift);
    }

    private int drift(ConfigResult.Loaded loaded) {
        var running =
                new RunningGateway(loaded.config().server(), local.context().environment());
        List<String> bodies = new ArrayList<>();
        var text = new StringBuilder();
        for (String id : ids()) {
            Optional<Answered> answered =
                    running.find(LocalApi.target(List.of("api", "v1", "providers", id), new LinkedHashMap<>()));
            if (answered.isEmpty()) {
                local.context()
                        .err()
                        .println("brain: no gateway is running here; only a running gateway knows what providers sent");
                return ExitCode.FAILURE;
            }
            int code = local.read(answered.get(), json -> text.append(describe(json.at("provider"))));
            if (code != ExitCode.OK) {
                return code;
            }
            bodies.add(answered.get().body());
        }
        local.print(
                OutputFormats.isTable(format, local.context())
                        ? text.toString()
                        : "[" + String.join(",", bodies) + "]\n");
        return ExitCode.OK;
    }

    private List<String> ids() {
        return provider == null
                ? Descriptors.builtIn().stream()
                        .map(IndexedDescriptor::id)
                        .map(id -> id.value())
                        .toList()
                : List.of(provider);
    }

    /** A provider as text. */
    static String describe(JsonValue provider) throws MalformedPayload {
        JsonValue drift = provider.at("drift");
        var text = new StringBuilder(provider.at("id").text())
                .append(": ")
                .append(drift.at("refused").text())
                .append(" responses refused\n");
        JsonValue forms = drift.at("forms");
        text.append("  forms of responses: ")
                .append(forms.at("known").text())
                .append(" known, ")
                .append(forms.at("learning").text())
                .append(" being learnt, ")
                .append(forms.at("given_up").text())
                .append(" given up\n");
        if (drift.find("payloads").isEmpty()) {
            return text.append("  the differences need a key with the admin scope (BRAIN_API_KEY)\n")
                    .toString();
        }
        for (JsonValue payload : drift.at("payloads").items()) {
            text.append("  ")
                    .append(payload.at("operation").text())
                    .append(", ")
                    .append(payload.at("times").text())
                    .append(" times, last at ")
                    .append(payload.at("last").text())
                    .append(", ")
                    .append(payload.at("bytes").text())
                    .append(" bytes\n");
            for (JsonValue difference : payload.at("differences").items()) {
                text.append("    - ").append(printable(difference.text())).append('\n');
            }
            text.append("    ").append(printable(payload.at("start").text())).append('\n');
        }
        for (JsonValue addition : drift.at("additions").items()) {
            text.append("  + ").append(printable(addition.text())).append('\n');
        }
        return text.toString();
    }

    /** What a provider sent, on one line and without control characters. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
