package io.marketbrain.cli.commands;

import io.marketbrain.cli.console.ClientOptions;
import io.marketbrain.cli.console.CommandContext;
import io.marketbrain.cli.console.ExitCode;
import io.marketbrain.cli.console.SettingsLoader;
import io.marketbrain.http.tls.PinnedTrustManager;
import io.marketbrain.http.tls.TlsConfig;
import io.marketbrain.http.tls.TlsConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code brain health}: asks the gateway that serves with the same settings whether it is ready. */
@Command(
        name = "health",
        description = "Asks the running gateway whether it is ready; ends with 0 if it is. For health checks.",
        footer = {"", "Examples:", "  brain health", "  brain health --port 9000"})
public final class HealthCommand implements Callable<Integer> {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final byte[] QUESTION = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final CommandContext context;

    @Mixin
    private ClientOptions options = new ClientOptions();

    public HealthCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return SettingsLoader.with(context, options.given(), loaded -> {
            var server = loaded.config().server();
            return ask(new InetSocketAddress(server.host(), server.port()), server.tls());
        });
    }

    private int ask(InetSocketAddress served, Optional<TlsConfig> tls) {
        InetAddress address = served.getAddress();
        InetAddress target =
                address == null || address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        String where = target.getHostAddress() + ":" + served.getPort();
        try (var socket = socket(tls)) {
            socket.connect(new InetSocketAddress(target, served.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(QUESTION);
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (line.equals("HTTP/1.1 200")) {
                context.out().println("ready: " + where);
                return ExitCode.OK;
            }
            context.err().println("brain: not ready: " + where + " responded \"" + line + "\"");
        } catch (TlsConfigException e) {
            context.err().println("brain: not ready: " + e.words());
        } catch (IOException e) {
            context.err().println("brain: not ready: nothing responds on " + where + " (" + e.getMessage() + ")");
        }
        return ExitCode.FAILURE;
    }

    private static Socket socket(Optional<TlsConfig> tls) throws IOException, TlsConfigException {
        return tls.isPresent()
                ? PinnedTrustManager.trusting(tls.get()).getSocketFactory().createSocket()
                : new Socket();
    }
}
