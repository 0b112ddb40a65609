package io.marketbrain.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Checks whether the configured port is free and, if not, whether the gateway itself uses it. */
final class PortCheck {
    private static final int PATIENCE_MILLIS = 1000;

    private PortCheck() {}

    static CheckResult examine(String host, int port) {
        var address = new InetSocketAddress(host, port);
        String where = host + ":" + port;
        if (address.isUnresolved()) {
            return CheckResult.wrong("port", host + " is not an address", "set SERVER_HOST to one, such as 127.0.0.1");
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return CheckResult.good("port", where + " is free");
        } catch (IOException e) {
            if (isMarketBrain(address)) {
                return CheckResult.note("port", "Market Intel Brain already serves on " + where, "");
            }
            return CheckResult.wrong(
                    "port",
                    where + " cannot be used: " + e.getMessage(),
                    "stop the program that uses it, or choose another port with --port or SERVER_PORT");
        }
    }

    private static boolean isMarketBrain(InetSocketAddress address) {
        try (var socket = new Socket()) {
            InetAddress target =
                    address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
            socket.connect(new InetSocketAddress(target, address.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(4096);
            return new String(answer, StandardCharsets.UTF_8).contains("Market Intel Brain");
        } catch (IOException e) {
            return false;
        }
    }
}
