package io.marketbrain;

import io.marketbrain.api.ServerConfig;
import io.marketbrain.config.GatewayConfig;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.provider.ProviderConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway process with a budget, started and killed by {@link BudgetCrashTest}. Prints its port. */
final class SpendingGateway {
    private SpendingGateway() {}

    /** Arguments: the upstream's address, the state folder, the budget in calls. */
    public static void main(String[] args) {
        var binance = new ProviderId("binance");
        var policy = new BudgetPolicy(
                "calls",
                Money.of(args[2]),
                BudgetPolicy.Period.MONTH,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty());
        var gateway = new Gateway(GatewayConfig.defaults()
                .withServer(new ServerConfig("127.0.0.1", 0))
                .withState(Path.of(args[1]))
                .withBudgets(new BudgetConfig(List.of(policy), Map.of(binance, Money.of("1"))))
                .withProviders(Map.of(
                        binance,
                        new ProviderConfig(
                                ProviderConfig.WantedMode.LIVE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(URI.create(args[0]))))));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
        System.out.println("port " + gateway.port());
    }
}
