package io.marketbrain.acceptance;

import io.marketbrain.Gateway;
import io.marketbrain.api.ContractClient;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.ConfigInputs;
import io.marketbrain.config.ConfigLoader;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.facade.FacadeName;
import io.marketbrain.provider.PlaybackServer;
import io.marketbrain.provider.descriptor.Descriptors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A complete gateway on a free port, configured with settings as a user would write them. Every response is checked
 * against the API description.
 */
public final class TestGateway implements AutoCloseable {
    final Gateway gateway;
    public final ContractClient client;

    private TestGateway(Gateway gateway) {
        this.gateway = gateway;
        this.client = new ContractClient(gateway.port());
    }

    /**
     * A gateway that is set up by {@code settings} alone and keeps its state in {@code folder}.
     *
     * @param settings name, value, name, value; the name of a variable, or a key with dots as on the command line
     */
    public static TestGateway with(Path folder, String... settings) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            (settings[i].contains(".") ? flags : environment).put(settings[i], settings[i + 1]);
        }
        environment.putIfAbsent("STATE_FOLDER", folder.resolve("state").toString());
        var inputs = new ConfigInputs(flags, Map.of(), environment, folder, folder, Optional.empty());
        return switch (ConfigLoader.load(inputs, Descriptors.builtIn())) {
            case ConfigResult.Loaded loaded ->
                new TestGateway(new Gateway(loaded.config().withServer(new ServerConfig("127.0.0.1", 0))));
            case ConfigResult.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** A gateway with one live provider, whose responses are played. */
    static TestGateway live(Path folder, String provider, PlaybackServer upstream, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "LIVE_PROVIDERS",
                provider,
                provider.toUpperCase(Locale.ROOT) + "_BASE_URL",
                upstream.url().toString()));
        settings.addAll(List.of(more));
        return with(folder, settings.toArray(String[]::new));
    }

    public int port() {
        return gateway.port();
    }

    /** The port of its own that an API of another program has. */
    int facadePort(FacadeName name) {
        return gateway.facadeAddresses().stream()
                .filter(address -> address.prefix().equals(name.prefix()))
                .flatMap(address -> address.port().stream())
                .findFirst()
                .orElseThrow();
    }

    public ContractClient.Answer get(String target, String... headers) {
        return client.get(target, headers);
    }

    /** The report of a layer, with its counters. */
    JsonNode layer(String stack, String name) {
        for (JsonNode layer : get("/api/v1/layers").json().get("layers")) {
            if (layer.get("stack").asString().equals(stack)
                    && layer.get("name").asString().equals(name)) {
                return layer;
            }
        }
        throw new AssertionError("no layer " + name + " in " + stack);
    }

    /** A counter of a layer. */
    long counter(String stack, String layer, String counter) {
        return layer(stack, layer).at("/counters/" + counter).asLong(-1);
    }

    /** Waits until a counter of a layer has a value. */
    void until(String stack, String layer, String counter, long value) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (counter(stack, layer, counter) != value) {
            if (System.nanoTime() > end) {
                throw new AssertionError(counter + " never was " + value + ": " + layer(stack, layer));
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
