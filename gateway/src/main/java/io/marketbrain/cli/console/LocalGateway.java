package io.marketbrain.cli.console;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.files.FileRefused;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Requests to a gateway within this process, and the handling of its responses. */
public record LocalGateway(CommandContext context, Launcher launcher) {

    /** A reader of a response's JSON. */
    @FunctionalInterface
    public interface Reading {
        void read(JsonValue json) throws MalformedPayload;
    }

    /** Makes a table of a response's JSON. */
    @FunctionalInterface
    public interface Tabulation {
        String table(JsonValue json) throws MalformedPayload;
    }

    public int ask(ServeArguments given, ToIntFunction<LocalApi> question) {
        return SettingsLoader.with(context, given, loaded -> {
            try {
                return launcher.locally(loaded.config(), question::applyAsInt);
            } catch (FileRefused e) {
                context.err().println("brain: " + e.getMessage());
                return ExitCode.USAGE;
            }
        });
    }

    /** Prints the error of a response that is not successful. Returns the exit code. */
    public int read(Answered answered) {
        return answered.ok() ? ExitCode.OK : read(answered, _ -> {});
    }

    /** Reads a successful response; prints the error of any other. Returns the exit code. */
    public int read(Answered answered, Reading reading) {
        try {
            JsonValue json = JsonValue.parse(answered.body().getBytes(StandardCharsets.UTF_8));
            if (answered.ok()) {
                reading.read(json);
                return ExitCode.OK;
            }
            context.err().println("brain: " + json.at("error").text());
            return exitCode(answered.status());
        } catch (MalformedPayload e) {
            throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
        }
    }

    /** Prints a successful response as a table or as it is; prints the error of any other. Returns the exit code. */
    public int show(Answered answered, OutputFormats.@Nullable Listing format, Tabulation table) {
        return read(
                answered,
                json -> print(OutputFormats.isTable(format, context) ? table.table(json) : answered.body() + "\n"));
    }

    public void print(String text) {
        context.out().print(text);
        context.out().flush();
    }

    /** The exit code: 4xx other than 429 are invalid requests, other errors are failures. */
    private static int exitCode(int status) {
        return status >= 400 && status < 500 && status != 429 ? ExitCode.USAGE : ExitCode.FAILURE;
    }
}
