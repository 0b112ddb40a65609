package io.marketbrain.provider;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Billing;
import io.marketbrain.model.CostModel;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Money;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.RateLimit;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the provider descriptors that ship with the gateway. */
public final class DescriptorReader {
    private DescriptorReader() {}

    /** The descriptor in the resource {@code providers/<id>.json}; a missing or wrong one is a defect of the build. */
    public static Descriptor builtIn(String id) {
        String resource = "/providers/" + id + ".json";
        try (InputStream in = DescriptorReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return read(JsonValue.parse(in.readAllBytes()));
        } catch (IOException | MalformedPayload | RuntimeException e) {
            throw new IllegalStateException("the descriptor " + resource + " is wrong: " + e.getMessage(), e);
        }
    }

    static Descriptor read(JsonValue json) throws MalformedPayload {
        ProviderId id = new ProviderId(json.at("id").text());
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (String name : texts(json.at("operations"))) {
            operations.add(Operation.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        Set<Interval> intervals = EnumSet.noneOf(Interval.class);
        for (String name : texts(json.at("intervals"))) {
            intervals.add(Interval.find(name).orElseThrow(() -> new IllegalStateException("no interval " + name)));
        }
        JsonValue limits = json.at("limits");
        return new Descriptor(
                id,
                json.at("name").text(),
                json.at("exchange").text(),
                URI.create(json.at("base_url").text()),
                AssetType.valueOf(json.at("asset_type").text().toUpperCase(Locale.ROOT)),
                operations,
                intervals,
                (int) limits.at("candles_per_call").integer(),
                CandlePaging.valueOf(limits.at("candle_paging").text().toUpperCase(Locale.ROOT)),
                (int) limits.at("book_depth").integer(),
                (int) limits.at("trades_per_call").integer(),
                symbolRules(id, json.at("symbols")),
                text(json, "key_header"),
                text(json, "key_setting"),
                text(json, "secret_setting"),
                (int) limits.at("connections").integer(),
                rates(limits.at("rates")),
                costs(json),
                json.at("zone").text(),
                texts(json.at("examples")));
    }

    private static SymbolRules symbolRules(ProviderId id, JsonValue symbols) throws MalformedPayload {
        var pairs = new PairSymbols(id, symbols.at("separator").text(), texts(symbols.at("quotes")));
        return symbols.find("codes").isEmpty()
                ? pairs
                : new CodedPairs(pairs, textMap(symbols.at("codes")), textMap(symbols.at("spelled")));
    }

    private static Map<String, String> textMap(JsonValue object) throws MalformedPayload {
        var map = new HashMap<String, String>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            map.put(member.getKey(), member.getValue().text());
        }
        return map;
    }

    private static List<RateLimit> rates(JsonValue array) throws MalformedPayload {
        var rates = new ArrayList<RateLimit>();
        for (JsonValue item : array.items()) {
            rates.add(new RateLimit(
                    item.at("amount").integer(),
                    Duration.ofSeconds(item.at("per_seconds").integer()),
                    RateLimit.Counts.valueOf(item.at("counts").text().toUpperCase(Locale.ROOT))));
        }
        return rates;
    }

    /**
     * What an operation costs, a call, a record and a unit of weight, such as {@code "candles": {"call": "1", "record":
     * "0.001"}}, and under {@code billing} when the bill begins anew.
     */
    private static CostModel costs(JsonValue json) throws MalformedPayload {
        var costs = new EnumMap<Operation, CostModel.Cost>(Operation.class);
        Optional<JsonValue> all = json.find("costs");
        for (Operation operation : Operation.values()) {
            Optional<JsonValue> one = all.isPresent() ? all.get().find(operation.wire()) : Optional.empty();
            if (one.isPresent()) {
                costs.put(
                        operation,
                        new CostModel.Cost(
                                price(one.get(), "call"), price(one.get(), "record"), price(one.get(), "weight")));
            }
        }
        Optional<JsonValue> billing = all.isPresent() ? all.get().find("billing") : Optional.empty();
        return new CostModel(costs, billing.isPresent() ? billing(billing.get()) : Billing.DEFAULT);
    }

    private static Money price(JsonValue cost, String per) throws MalformedPayload {
        Optional<JsonValue> price = cost.find(per);
        return price.isPresent() ? Money.of(price.get().decimal()) : Money.NONE;
    }

    /** {@code {"free_calls": 500, "per": "month", "zone": "America/New_York"}}. */
    private static Billing billing(JsonValue bill) throws MalformedPayload {
        return new Billing(
                bill.at("free_calls").integer(),
                ChronoUnit.valueOf(bill.at("per").text().toUpperCase(Locale.ROOT) + "S"),
                ZoneId.of(bill.at("zone").text()));
    }

    private static Optional<String> text(JsonValue json, String name) throws MalformedPayload {
        Optional<JsonValue> value = json.find(name);
        return value.isPresent() ? Optional.of(value.get().text()) : Optional.empty();
    }

    private static List<String> texts(JsonValue array) throws MalformedPayload {
        var texts = new ArrayList<String>();
        for (JsonValue item : array.items()) {
            texts.add(item.text());
        }
        return texts;
    }
}
