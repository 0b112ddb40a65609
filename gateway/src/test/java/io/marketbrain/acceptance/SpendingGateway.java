package io.marketbrain.acceptance;

import io.marketbrain.Gateway;
import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.descriptor.ProviderConfig;
import io.marketbrain.store.redis.RedisConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway process whose calls to Binance cost one credit each. */
record SpendingGateway(Process process, int port) {
    private static final ProviderId BINANCE = new ProviderId("binance");

    /** Starts a gateway; if {@code redis} is empty, it shares budgets through its state folder. */
    static SpendingGateway start(URI upstream, Path state, int budget, String redis) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.marketbrain.acceptance.SpendingGateway",
                        upstream.toString(),
                        state.toString(),
                        Integer.toString(budget),
                        redis)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return new SpendingGateway(process, Integer.parseInt(line.substring(5)));
            }
        }
        throw new IOException("the gateway did not start");
    }

    URI quote(String base) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1/data/binance/" + base + "/USDT");
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it as a service manager would. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** Arguments: the upstream's address, the state folder, the budget in calls, the Redis address. */
    public static void main(String[] args) {
        var policy = new BudgetPolicy(
                "calls",
                Money.of(args[2]),
                BudgetPolicy.Period.MONTH,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty());
        GatewayConfig config = GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withState(Path.of(args[1]))
                .withBudgets(new BudgetConfig(List.of(policy), Map.of(BINANCE, Money.of("1"))))
                .withProviders(Map.of(
                        BINANCE,
                        new ProviderConfig(
                                ProviderConfig.WantedMode.LIVE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(URI.create(args[0])))));
        if (args.length > 3 && !args[3].isEmpty()) {
            config = config.withRedis(RedisConfig.defaults()
                    .withUrl(args[3])
                    .withProbes(
                            Duration.ofMillis(50),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)));
        }
        var gateway = new Gateway(config);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        System.out.println("port " + gateway.port());
    }
}
