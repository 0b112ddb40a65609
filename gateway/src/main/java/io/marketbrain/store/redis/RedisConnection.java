package io.marketbrain.store.redis;

import io.marketbrain.security.CustomCertificateAuthority;
import io.marketbrain.security.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One connection to one server. {@link #close} may be called from any thread at any time, even while connecting: it closes the socket and so interrupts a thread that is blocked on it. All other methods are for one thread at a time.
 */
public final class RedisConnection implements AutoCloseable {
    private final RedisNode node;
    private final RedisConnector connector;
    private final RedisUrl url;
    private final AtomicReference<Socket> raw = new AtomicReference<>();
    private volatile boolean closed;
    private @Nullable Connection connection;
    private @Nullable Socket stream;

    RedisConnection(RedisNode node, RedisConnector connector) {
        this.node = node;
        this.connector = connector;
        this.url = connector.url();
    }

    RedisNode node() {
        return node;
    }

    /** Connects and logs in. Throws what the client library throws. */
    void open(boolean withLogin) {
        int millis = Math.clamp(connector.connectTimeout().toMillis(), 1, Integer.MAX_VALUE);
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (withLogin) {
            url.user().ifPresent(config::user);
            url.password().map(Secret::reveal).ifPresent(config::password);
            if (!url.cluster()) {
                config.database(url.database());
            }
        }
        connection = reading(() -> new Connection(() -> socket(millis), config.build()));
    }

    private Socket socket(int timeoutMillis) {
        try {
            Socket socket = connector.sockets().createSocket();
            raw.set(socket);
            if (closed) {
                throw new IOException("closed while connecting");
            }
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(node.host(), node.port()), timeoutMillis);
            stream = url.tls() ? secured(socket) : socket;
            return new GuardedSocket(stream, connector.limits(), connector::countInvalidReply);
        } catch (IOException e) {
            close();
            throw new JedisConnectionException("cannot connect to " + node + ": " + e.getMessage(), e);
        }
    }

    private Socket secured(Socket socket) throws IOException {
        SSLSocketFactory factory = url.caFile().isPresent()
                ? CustomCertificateAuthority.sockets(url.caFile().get())
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secure = (SSLSocket) factory.createSocket(socket, node.host(), node.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** Sends a command and waits for its reply: a Long, a byte[], a List of these, or null. */
    @Nullable
    Object call(String command, byte[]... arguments) {
        Connection to = connected();
        to.sendCommand(named(command), arguments);
        return reading(to::getOne);
    }

    public @Nullable Object call(String command, String... arguments) {
        byte[][] bytes = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            bytes[i] = bytes(arguments[i]);
        }
        return call(command, bytes);
    }

    /** Waits for the next reply or message, up to the socket timeout. */
    public @Nullable Object next() {
        return reading(connected()::getOne);
    }

    /** Sets how long later reads may wait for a reply. */
    public void replyTimeout(Duration timeout) {
        connected().setSoTimeout(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
    }

    /** Sends a PING without reading the reply; may be called while another thread reads. Only for connections that send nothing else. */
    public void ping() throws IOException {
        Socket to = stream;
        if (to != null) {
            to.getOutputStream().write(bytes("*1\r\n$4\r\nPING\r\n"));
            to.getOutputStream().flush();
        }
    }

    @Override
    public void close() {
        closed = true;
        Socket socket = raw.get();
        if (socket != null) {
            try {
                // The plain socket below TLS: an orderly TLS close could block on the peer.
                socket.close();
            } catch (IOException e) {
                // Nothing more can be done to close it.
            }
        }
    }

    boolean closed() {
        return closed;
    }

    /** Reads; says what is wrong with an invalid reply in the words of the exception that found it. */
    private static <T extends @Nullable Object> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (JedisConnectionException e) {
            if (e.getCause() instanceof InvalidReplyException invalid) {
                throw new JedisConnectionException(invalid.getMessage(), invalid);
            }
            throw e;
        }
    }

    private Connection connected() {
        Connection to = connection;
        if (to == null || closed) {
            throw new JedisConnectionException("the connection to " + node + " is closed");
        }
        return to;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProtocolCommand named(String command) {
        for (ProtocolCommand known : Known.COMMANDS) {
            if (known.toString().equals(command)) {
                return known;
            }
        }
        byte[] raw = bytes(command.toUpperCase(Locale.ROOT));
        return () -> raw;
    }

    /** The library's constants for the commands used most. */
    private static final class Known {
        static final ProtocolCommand[] COMMANDS = {
            Protocol.Command.EVALSHA, Protocol.Command.EVAL, Protocol.Command.PING, Protocol.Command.SUBSCRIBE
        };
    }
}
