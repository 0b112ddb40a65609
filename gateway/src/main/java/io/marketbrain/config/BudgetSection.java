package io.marketbrain.config;

import io.marketbrain.model.Billing;
import io.marketbrain.model.Money;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import io.marketbrain.pipeline.budget.OwnPrices;
import io.marketbrain.provider.IndexedDescriptor;
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
    private final SettingsReader in;

    BudgetSection(SettingsReader in) {
        this.in = in;
    }

    BudgetConfig read(List<IndexedDescriptor> descriptors) {
        return in.section(BudgetConfig.defaults(), _ -> {
            Map<ProviderId, OwnPrices> prices = prices(descriptors);
            Map<String, BudgetPolicy> policies =
                    in.each("budgets", "<NAME>", (name, key) -> policy(name, key, descriptors, prices));
            return new BudgetConfig(new BudgetConfig.Prices(prices), List.copyOf(policies.values()));
        });
    }

    private BudgetPolicy policy(
            String name, String key, List<IndexedDescriptor> descriptors, Map<ProviderId, OwnPrices> prices) {
        Kind<String> anyone = Kind.of(
                "the name of an API key, or * for a separate budget for each caller", text -> text, text -> text);
        Optional<ProviderId> provider = in.find(
                key + ".provider",
                "",
                RoutesSection.providerIn(descriptors),
                "The provider whose calls count against this budget; without it, calls to every provider count.");
        Billing bill = provider.flatMap(id -> descriptors.stream()
                        .filter(descriptor -> descriptor.id().equals(id))
                        .findFirst())
                .map(descriptor -> new BudgetConfig(new BudgetConfig.Prices(prices), List.of())
                        .costs(descriptor.id(), descriptor.descriptor().get().costs())
                        .billing())
                .orElse(Billing.DEFAULT);
        return new BudgetPolicy(
                name,
                Money.of(in.decimal(
                        OwnPrices.AMOUNT.at(key + ".limit"),
                        BigDecimal.ZERO,
                        "How much may be spent per period, in the unit that the costs are in.")),
                in.choice(
                        key + ".per",
                        Period.class,
                        Period::wire,
                        bill.per() == ChronoUnit.DAYS ? Period.DAY : Period.MONTH,
                        "The calendar period after which the budget resets; by default the billing period of the"
                                + " provider, if the budget covers one provider."),
                in.read(
                        key + ".zone",
                        zone(),
                        bill.zone(),
                        "The time zone in which the period begins; by default that of the provider's bill."),
                provider,
                in.find(
                        key + ".caller",
                        "",
                        anyone,
                        "The caller whose calls count against this budget; * gives each caller a separate budget."));
    }

    private Map<ProviderId, OwnPrices> prices(List<IndexedDescriptor> descriptors) {
        var prices = new HashMap<ProviderId, OwnPrices>();
        for (IndexedDescriptor descriptor : descriptors) {
            String name = descriptor.name();
            String bill = "billing." + descriptor.id() + ".";
            String suffix = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
            var own = new OwnPrices(
                    amount(
                            "costs." + descriptor.id(),
                            "COST_" + suffix,
                            "What one call to " + name + " costs, instead of the built-in price."),
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
                                    Kind.integer(OwnPrices.FREE_CALLS.at(bill + "free_calls")),
                                    "How many calls to " + name + " are free per billing period.")
                            .map(Integer::longValue),
                    in.find(
                            bill + "per",
                            "BILLING_" + suffix + "_PER",
                            Kind.choice(Period.class, Period::wire),
                            "The billing period of " + name + "."),
                    in.find(
                            bill + "zone",
                            "BILLING_" + suffix + "_ZONE",
                            zone(),
                            "The time zone in which the billing period of " + name + " begins."));
            if (!own.equals(OwnPrices.NONE)) {
                prices.put(descriptor.id(), own);
            }
        }
        return prices;
    }

    private Optional<Money> amount(String key, String environment, String description) {
        return in.find(key, environment, Kind.decimal(OwnPrices.AMOUNT.at(key)), description)
                .map(Money::of);
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
