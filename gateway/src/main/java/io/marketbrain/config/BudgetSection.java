package io.marketbrain.config;

import io.marketbrain.model.ProviderId;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.Money;
import io.marketbrain.pipeline.budget.BudgetConfig;
import io.marketbrain.pipeline.budget.BudgetPolicy;
import io.marketbrain.pipeline.budget.BudgetPolicy.Period;
import io.marketbrain.pipeline.budget.PriceOverrides;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings of budgets and prices. */
final class BudgetSection {
    private final SettingsReader in;

    BudgetSection(SettingsReader in) {
        this.in = in;
    }

    BudgetConfig read(List<IndexedDescriptor> descriptors) {
        return in.section(BudgetConfig.defaults(), _ -> {
            Map<ProviderId, PriceOverrides> prices = prices(descriptors);
            Map<String, BudgetPolicy> policies =
                    in.each("budgets", "<NAME>", (name, key) -> policy(name, key, descriptors, prices));
            return new BudgetConfig(new BudgetConfig.Prices(prices), List.copyOf(policies.values()));
        });
    }

    private BudgetPolicy policy(
            String name, String key, List<IndexedDescriptor> descriptors, Map<ProviderId, PriceOverrides> prices) {
        SettingType<String> anyone = SettingType.of(
                "the name of an API key, or * for a separate budget for each caller", text -> text, text -> text);
        Optional<ProviderId> provider = in.find(
                key + ".provider",
                "",
                RoutesSection.providerIn(descriptors, in.leftOut()),
                "The provider whose calls count against this budget; without it, calls to every provider count.");
        BillingPeriod bill = provider.flatMap(id -> descriptors.stream()
                        .filter(descriptor -> descriptor.id().equals(id))
                        .findFirst())
                .map(descriptor -> new BudgetConfig(new BudgetConfig.Prices(prices), List.of())
                        .costs(descriptor.id(), descriptor.descriptor().get().costs())
                        .billing())
                .orElse(BillingPeriod.DEFAULT);
        return new BudgetPolicy(
                name,
                Money.of(in.decimal(
                        PriceOverrides.AMOUNT.at(key + ".limit"),
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

    private Map<ProviderId, PriceOverrides> prices(List<IndexedDescriptor> descriptors) {
        var prices = new HashMap<ProviderId, PriceOverrides>();
        SettingType<BigDecimal> amounts = SettingType.decimal(PriceOverrides.AMOUNT);
        SettingType<Integer> calls = SettingType.integer(PriceOverrides.FREE_CALLS);
        SettingType<Period> periods = SettingType.choice(Period.class, Period::wire);
        SettingType<ZoneId> zones = zone();
        for (IndexedDescriptor descriptor : descriptors) {
            String name = descriptor.name();
            String bill = "billing." + descriptor.id() + ".";
            String suffix = descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
            var own = new PriceOverrides(
                    in.find(
                                    "costs." + descriptor.id(),
                                    "COST_" + suffix,
                                    amounts,
                                    "What one call to " + name + " costs, instead of the built-in price.")
                            .map(Money::of),
                    in.find(
                                    bill + "record",
                                    "BILLING_" + suffix + "_RECORD",
                                    amounts,
                                    "What each record (candle, trade, level, item) of " + name + " costs.")
                            .map(Money::of),
                    in.find(
                                    bill + "weight",
                                    "BILLING_" + suffix + "_WEIGHT",
                                    amounts,
                                    "What each unit of weight of a call to " + name + " costs.")
                            .map(Money::of),
                    in.find(
                                    bill + "free_calls",
                                    "BILLING_" + suffix + "_FREE_CALLS",
                                    calls,
                                    "How many calls to " + name + " are free per billing period.")
                            .map(Integer::longValue),
                    in.find(bill + "per", "BILLING_" + suffix + "_PER", periods, "The billing period of " + name + "."),
                    in.find(
                            bill + "zone",
                            "BILLING_" + suffix + "_ZONE",
                            zones,
                            "The time zone in which the billing period of " + name + " begins."));
            if (!own.equals(PriceOverrides.NONE)) {
                prices.put(descriptor.id(), own);
            }
        }
        return prices;
    }

    private static SettingType<ZoneId> zone() {
        return SettingType.of(
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
