package io.marketbrain.cli.commands;

import io.marketbrain.api.LocalApi;
import io.marketbrain.api.LocalApi.Answered;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ConfigOptions;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.cli.console.RunningGateway;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.concurrent.TaskRunner;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code brain mcp}: MCP for an agent that starts the command, a message a line on standard input and output. */
@Command(
        name = "mcp",
        description = {
            "Serves the Model Context Protocol on standard input and output, for an agent that starts it.",
            "The tools, and how to enter it in an agent's settings, are in docs/mcp.md.",
        },
        footer = {"", "Example:", "  brain mcp < messages.jsonl"})
public final class McpCommand implements Callable<Integer> {
    private static final String PATH = "/mcp";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_AT_ONCE = 16;
    private static final String META = "_meta";
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

    private final CommandContext context;
    private final Launcher launcher;
    private final InputStream in;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    /** @param in where the messages come from */
    public McpCommand(CommandContext context, Launcher launcher, InputStream in) {
        this.context = context;
        this.launcher = launcher;
        this.in = in;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(context, options.given(), loaded -> {
            String address = new RunningGateway(loaded.config().server(), Map.of()).address();
            String host = address.substring(address.indexOf("://") + 3);
            return launcher.locally(loaded.config(), api -> serve(api, host));
        });
    }

    /**
     * Answers messages as they come, several at a time; each response names the message that it is for. The first one is answered
     * before the second is read, because an older client begins with a handshake.
     */
    private int serve(LocalApi api, String host) {
        var places = new Semaphore(MOST_AT_ONCE);
        var messages = new TaskRunner("mcp-message", System::nanoTime);
        boolean first = true;
        try {
            for (Optional<byte[]> line = readLine(); line.isPresent(); line = readLine()) {
                byte[] message = line.get();
                if (new String(message, StandardCharsets.UTF_8).isBlank()) {
                    continue;
                }
                if (first) {
                    first = false;
                    Answered answered = api.send(request(message, host));
                    if (answered.status() == 404 && !answered.body().contains("jsonrpc")) {
                        context.err().println("brain: MCP is switched off (facades.mcp.enabled)");
                        return ExitCode.USAGE;
                    }
                    print(answered);
                    continue;
                }
                acquire(places, 1);
                var _ = messages.start(
                        UnaryOperator.identity(),
                        () -> {
                            print(api.send(request(message, host)));
                            return true;
                        },
                        _ -> places.release());
            }
            acquire(places, MOST_AT_ONCE); // until every message has been answered
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static void acquire(Semaphore places, int count) throws InterruptedException {
        while (!places.tryAcquire(count, 1, TimeUnit.MINUTES)) {
            // Every message has a deadline, so that the places become free.
        }
    }

    private void print(Answered answered) {
        if (!answered.body().isEmpty()) {
            synchronized (context) {
                context.out().print(answered.body() + "\n");
                context.out().flush();
            }
        }
    }

    /** The next line; empty at the end of the input. One that is too long is cut, so that it is no message. */
    private Optional<byte[]> readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n') {
            if (line.size() < MOST_BYTES) {
                line.write(read);
            }
            read = in.read();
        }
        return Optional.of(line.toByteArray());
    }

    /** The message as a request over HTTP, whose headers repeat what the message says. */
    static RawRequest request(byte[] message, String host) {
        Map<String, String> headers = new HashMap<>(Map.of("host", host, "content-type", "application/json"));
        try {
            JsonValue json = JsonValue.parse(message);
            Optional<JsonValue> params = json.find("params");
            Optional<JsonValue> version =
                    params.flatMap(object -> object.find(META)).flatMap(meta -> meta.find(VERSION));
            if (version.isPresent() && version.get().isText()) {
                headers.put("mcp-protocol-version", version.get().text());
                put(headers, "mcp-method", json.find("method"));
                put(headers, "mcp-name", params.flatMap(object -> object.find("name")));
            }
        } catch (MalformedPayload unreadable) {
            // the server says what is wrong with it
        }
        return new RawRequest(
                "POST", PATH, "", name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))), message);
    }

    private static void put(Map<String, String> headers, String name, Optional<JsonValue> value)
            throws MalformedPayload {
        if (value.isPresent() && value.get().isText()) {
            headers.put(name, value.get().text());
        }
    }
}
