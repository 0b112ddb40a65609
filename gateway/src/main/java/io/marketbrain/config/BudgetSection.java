package io.marketbrain.config;

import io.marketbrain.model.Billing;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import io.marketbrain.pipeline.budget.OwnPrices;
import io.marketbrain.provider.Descriptor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
        return in.section(BudgetConfig.defaults(), _ -> {
            Map<ProviderId, OwnPrices> prices = prices(descriptors);
            Map<String, BudgetPolicy> policies =
                    in.each("budgets", "<NAME>", (name, key) -> policy(name, key, descriptors, prices));
            return new BudgetConfig(new BudgetConfig.Prices(prices), List.copyOf(policies.values()));
        });
    }

    private BudgetPolicy policy(
            String name, String key, List<Descriptor> descriptors, Map<ProviderId, OwnPrices> prices) {
        Kind<String> anyone = Kind.of("the name of a key, or * for each caller by itself", text -> text, text -> text);
        Optional<ProviderId> provider = in.find(
                key + ".provider",
                "",
                RoutesSection.providerIn(descriptors),
                "The provider whose calls it covers; without one, those of all.");
        Billing bill = provider.flatMap(id -> descriptors.stream()
                        .filter(descriptor -> descriptor.id().equals(id))
                        .findFirst())
                .map(descriptor -> new BudgetConfig(new BudgetConfig.Prices(prices), List.of())
                        .costs(descriptor.id(), descriptor.costs())
                        .billing())
                .orElse(Billing.DEFAULT);
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
                        bill.per() == ChronoUnit.DAYS ? Period.DAY : Period.MONTH,
                        "The calendar period after which the budget starts anew; that of the provider's bill where it"
                                + " covers one provider."),
                in.read(
                        key + ".zone",
                        zone(),
                        bill.zone(),
                        "The time zone in which the period begins; that of the provider's bill where it covers one."),
                provider,
                in.find(
                        key + ".caller",
                        "",
                        anyone,
                        "The caller whose calls it covers; * gives each caller a budget of its own."));
    }

    private Map<ProviderId, OwnPrices> prices(List<Descriptor> descriptors) {
        var prices = new HashMap<ProviderId, OwnPrices>();
        for (Descriptor descriptor : descriptors) {
            String name = descriptor.name();
            String bill = "billing." + descriptor.id() + ".";
            String suffix = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
            var own = new OwnPrices(
                    amount(
                            "costs." + descriptor.id(),
                            "COST_" + suffix,
                            "What one call to " + name + " costs, instead of what its descriptor says."),
                    amount(
                            bill + "record",
                            "BILLING_" + suffix + "_RECORD",
                            "What each record (candle, trade, level, item) of " + name + " costs."),
                    amount(
                            bill + "weight",
                            "BILLING_" + suffix + "_WEIGHT",
                            "What each unit of weight of a call to " + name + " costs."),
                    in.find(
                                    bill + "free_calls",
                                    "BILLING_" + suffix + "_FREE_CALLS",
                                    Kind.integer(0, 1_000_000_000),
                                    "How many calls to " + name + " are free a period.")
                            .map(Integer::longValue),
                    in.find(
                            bill + "per",
                            "BILLING_" + suffix + "_PER",
                            Kind.choice(Period.class, Period::wire),
                            "The calendar period of the bill of " + name + "."),
                    in.find(
                            bill + "zone",
                            "BILLING_" + suffix + "_ZONE",
                            zone(),
                            "The time zone in which the bill of " + name + " begins anew."));
            if (!own.equals(OwnPrices.NONE)) {
                prices.put(descriptor.id(), own);
            }
        }
        return prices;
    }

    private Optional<Money> amount(String key, String environment, String description) {
        return in.find(key, environment, Kind.decimal("0", MOST), description).map(Money::of);
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
