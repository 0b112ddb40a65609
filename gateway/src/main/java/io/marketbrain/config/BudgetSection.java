package io.marketbrain.config;

import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import io.marketbrain.provider.Descriptor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the catalogue that says what may be spent. */
final class BudgetSection {
    private static final String MOST = "1000000000";

    private final SettingsReader in;

    BudgetSection(SettingsReader in) {
        this.in = in;
    }

    BudgetConfig read(List<Descriptor> descriptors) {
        return in.section(
                BudgetConfig.defaults(),
                _ -> new BudgetConfig(
                        List.copyOf(in.each("budgets", "<NAME>", (name, key) -> policy(name, key, descriptors))
                                .values()),
                        costs(descriptors)));
    }

    private BudgetPolicy policy(String name, String key, List<Descriptor> descriptors) {
        Kind<String> anyone = Kind.of("the name of a key, or * for each caller by itself", text -> text, text -> text);
        return new BudgetPolicy(
                name,
                Money.of(in.decimal(
                        key + ".limit",
                        BigDecimal.ZERO,
                        "0",
                        MOST,
                        "What may be spent a period, in the unit that the costs are in.")),
                in.choice(
                        key + ".per",
                        Period.class,
                        Period::wire,
                        Period.MONTH,
                        "The calendar period after which the budget starts anew."),
                in.read(key + ".zone", zone(), ZoneOffset.UTC, "The time zone in which the period begins."),
                in.find(
                        key + ".provider",
                        "",
                        RoutesSection.providerIn(descriptors),
                        "The provider whose calls it covers; without one, those of all."),
                in.find(
                        key + ".caller",
                        "",
                        anyone,
                        "The caller whose calls it covers; * gives each caller a budget of its own."));
    }

    private Map<ProviderId, Money> costs(List<Descriptor> descriptors) {
        var costs = new HashMap<ProviderId, Money>();
        for (Descriptor descriptor : descriptors) {
            String environment = "COST_"
                    + descriptor.id().value().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
            Optional<BigDecimal> cost = in.find(
                    "costs." + descriptor.id(),
                    environment,
                    Kind.decimal("0", MOST),
                    "What one call to " + descriptor.name() + " costs, instead of what its descriptor says.");
            cost.ifPresent(amount -> costs.put(descriptor.id(), Money.of(amount)));
        }
        return costs;
    }

    private static Kind<ZoneId> zone() {
        return Kind.of(
                "an IANA time zone, such as UTC or America/New_York",
                text -> {
                    try {
                        return ZoneId.of(text);
                    } catch (DateTimeException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                ZoneId::getId);
    }
}
