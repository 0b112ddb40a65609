package io.marketbrain.provider.descriptor;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Interval;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.ProviderInfo;
import io.marketbrain.model.cost.BillingPeriod;
import io.marketbrain.model.cost.CostModel;
import io.marketbrain.model.cost.Money;
import io.marketbrain.model.cost.RateLimit;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.model.text.IdentifierText;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads provider descriptors. Whatever is unknown, missing or of the wrong type is refused with file, line and column.
 */
public final class DescriptorReader {
    /** Symbols; where there are none, ids of series, which may have more characters. */
    private static IdentifierText exampleText(Set<Operation> operations) {
        return Set.of(Operation.SERIES, Operation.NEWS).containsAll(operations)
                ? IdentifierText.ID
                : IdentifierText.SYMBOL;
    }

    private static final int MOST = 1_000_000_000;
    private static final Set<String> SERIES_PAGE = Set.of("newest", "oldest");
    private static final BigDecimal LARGEST_SERIES_PAGE = BigDecimal.valueOf(100_000);
    private static final String ZONE = "must be an IANA time zone, such as UTC or America/New_York";

    private static final List<String> LIMITS = List.of(
            "candles_per_call",
            "contract_candles_per_call",
            "candle_days_per_call",
            "candle_paging",
            "book_depth",
            "trades_per_call",
            "connections",
            "rates");

    private DescriptorReader() {}

    /** The descriptor in the resource {@code providers/<id>.json}; a missing or wrong one is a defect of the build. */
    public static Descriptor builtIn(String id) {
        String resource = "/providers/" + id + ".json";
        try (InputStream in = DescriptorReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return read("providers/" + id + ".json", in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + resource + " cannot be read", e);
        }
    }

    /**
     * The descriptor in a file's content.
     *
     * @param file the file's name in messages
     * @throws InvalidDescriptor if the content is not a descriptor
     */
    public static Descriptor read(String file, byte[] content) {
        DescriptorObject json = DescriptorObject.parse(file, content);
        ProviderId id = json.parsed("id", ProviderId::new, "must be lower-case letters, digits and dashes");
        if (SeriesKind.find(id.value()).isPresent()) {
            throw json.wrong(
                    "id",
                    "is a kind of series: '" + id + ":BTC-USD' would name a series, not a symbol of this provider");
        }
        var about = new ProviderInfo.About(
                json.findText("documentation").orElse(null),
                json.findText("terms").orElse(null),
                json.findText("notes").orElse(null));
        ProviderHosts hosts = hosts(json);
        Descriptor.Venue venue = venue(json);
        Map<Operation, OperationTerms> terms = OperationTermsReader.read(json, hosts, venue.zone());
        Optional<DescriptorObject> login = json.findObject("authentication");
        Optional<String> keySetting = login.map(auth -> auth.text("key_setting"));
        Optional<String> secretSetting = login.flatMap(auth -> auth.findText("secret_setting"));
        DescriptorObject limits = json.objectOrEmpty("limits");
        ProviderLimits most = limits(limits, terms.keySet());
        Optional<DescriptorObject> mapping = json.findObject("mapping");
        int seriesPage = mapping.map(all -> largestSeriesPage(all.plain())).orElse(0);
        PayloadLimitPolicy payloads = PayloadLimitPolicy.read(limits.findObject("payload"), most, seriesPage);
        limits.end();
        var descriptor = new Descriptor(
                id,
                json.text("name", IdentifierText.NAME),
                venue,
                hosts,
                login.map(AuthenticationReader::read).orElse(new Authentication.None()),
                keySetting,
                secretSetting,
                assetTypes(json),
                terms,
                intervals(json, terms),
                most,
                payloads,
                SymbolRulesReader.read(id, json),
                costs(json),
                json.has("examples") ? json.texts("examples", exampleText(terms.keySet())) : List.of(),
                about,
                mapping);
        json.end();
        return descriptor;
    }

    /** The largest number that {@code newest} or {@code oldest} has anywhere in a mapping; 0 if there is none. */
    private static int largestSeriesPage(@Nullable Object content) {
        return switch (content) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .mapToInt(member ->
                                SERIES_PAGE.contains(member.getKey()) && member.getValue() instanceof BigDecimal page
                                        ? page.min(LARGEST_SERIES_PAGE).intValue()
                                        : largestSeriesPage(member.getValue()))
                        .max()
                        .orElse(0);
            case List<?> items ->
                items.stream()
                        .mapToInt(DescriptorReader::largestSeriesPage)
                        .max()
                        .orElse(0);
            case null, default -> 0;
        };
    }

    private static Descriptor.Venue venue(DescriptorObject json) {
        Optional<String> mic = json.has("mic")
                ? Optional.of(json.parsed("mic", DescriptorReader::mic, "must be four capital letters or digits"))
                : Optional.empty();
        return new Descriptor.Venue(
                json.text("exchange", IdentifierText.NAME),
                mic,
                json.parsed("zone", ZoneId::of, ZONE).getId());
    }

    private static String mic(String text) {
        if (!text.matches("[A-Z0-9]{4}")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** {@code "base_url": "https://…"} for one host with one address, else {@code "hosts": {"main": [...], …}}. */
    private static ProviderHosts hosts(DescriptorObject json) {
        if (json.has("base_url")) {
            URI base = json.parsed("base_url", DescriptorReader::address, "must be http(s)://host[:port][/path]");
            if (json.has("hosts")) {
                throw json.wrong("hosts", "and 'base_url' exclude each other");
            }
            return new ProviderHosts(Map.of(ProviderHosts.MAIN, List.of(base)));
        }
        if (!json.has("hosts")) {
            throw json.wrong("base_url", "or 'hosts' is missing");
        }
        DescriptorObject hosts = json.object("hosts");
        var byName = new HashMap<String, List<URI>>();
        for (String name : hosts.names()) {
            try {
                byName.put(
                        name,
                        hosts.texts(name).stream()
                                .map(DescriptorReader::address)
                                .toList());
            } catch (InvalidDescriptor said) {
                throw said;
            } catch (IllegalArgumentException e) {
                throw hosts.wrong(name, "must be one or more of http(s)://host[:port][/path]");
            }
        }
        try {
            return new ProviderHosts(byName);
        } catch (IllegalArgumentException e) {
            throw json.wrong("hosts", "is not complete: " + e.getMessage());
        }
    }

    private static URI address(String text) {
        return RequestUri.checked(URI.create(text));
    }

    private static List<AssetType> assetTypes(DescriptorObject json) {
        List<AssetType> types = json.choices("asset_types", AssetType.class);
        if (types.isEmpty()) {
            throw json.wrong("asset_types", "must name at least one");
        }
        return types;
    }

    private static Set<Interval> intervals(DescriptorObject json, Map<Operation, OperationTerms> terms) {
        Set<Interval> intervals = EnumSet.noneOf(Interval.class);
        if (json.has("intervals") || terms.containsKey(Operation.CANDLES)) {
            for (String name : json.texts("intervals")) {
                intervals.add(Interval.find(name)
                        .orElseThrow(
                                () -> json.wrong("intervals", "has '" + name + "', which is not a known interval")));
            }
        }
        return intervals;
    }

    /** A limit must be there where the operation that it limits is offered. */
    private static ProviderLimits limits(DescriptorObject json, Set<Operation> offered) {
        json.know(LIMITS);
        boolean candles = offered.contains(Operation.CANDLES);
        int pageSize =
                candles ? json.integer("candles_per_call", 1, MOST) : json.integer("candles_per_call", 1, MOST, 1);
        return new ProviderLimits(
                pageSize,
                json.integer("contract_candles_per_call", 1, MOST, pageSize),
                json.has("candle_days_per_call")
                        ? Optional.of(Duration.ofDays(json.integer("candle_days_per_call", 1, MOST)))
                        : Optional.empty(),
                candles
                        ? json.choice("candle_paging", CandlePaging.class)
                        : json.choice("candle_paging", CandlePaging.class, CandlePaging.NONE),
                offered.contains(Operation.BOOK)
                        ? json.integer("book_depth", 1, MOST)
                        : json.integer("book_depth", 1, MOST, 1),
                offered.contains(Operation.TRADES)
                        ? json.integer("trades_per_call", 1, MOST)
                        : json.integer("trades_per_call", 1, MOST, 1),
                json.integer("connections", 1, 1000, ProviderLimits.USUAL_CONNECTIONS),
                json.has("rates") ? rates(json) : List.of());
    }

    private static List<RateLimit> rates(DescriptorObject limits) {
        var rates = new ArrayList<RateLimit>();
        for (DescriptorObject rate : limits.objects("rates")) {
            rates.add(new RateLimit(
                    rate.integer("amount", 1, MOST),
                    Duration.ofSeconds(rate.integer("per_seconds", 1, MOST)),
                    rate.choice("counts", RateLimit.Counts.class, RateLimit.Counts.CALLS)));
            rate.end();
        }
        return rates;
    }

    /**
     * The cost of each operation per call, record and unit of weight, such as {@code "candles": {"call": "1", "record":
     * "0.001"}}, and under {@code billing} when a new billing period starts.
     */
    private static CostModel costs(DescriptorObject json) {
        Optional<DescriptorObject> found = json.findObject("costs");
        if (found.isEmpty()) {
            return CostModel.FREE;
        }
        DescriptorObject all = found.get();
        var costs = new EnumMap<Operation, CostModel.Cost>(Operation.class);
        for (Operation operation : Operation.values()) {
            all.findObject(operation.wire()).ifPresent(one -> {
                costs.put(
                        operation, new CostModel.Cost(price(one, "call"), price(one, "record"), price(one, "weight")));
                one.end();
            });
        }
        BillingPeriod billing =
                all.findObject("billing").map(DescriptorReader::billing).orElse(BillingPeriod.DEFAULT);
        all.end();
        return new CostModel(costs, billing);
    }

    private static Money price(DescriptorObject cost, String per) {
        return cost.has(per) ? Money.of(cost.decimal(per)) : Money.NONE;
    }

    /** {@code {"free_calls": 500, "per": "month", "zone": "America/New_York"}}. */
    private static BillingPeriod billing(DescriptorObject bill) {
        var billing = new BillingPeriod(
                bill.integer("free_calls", 0, MOST),
                bill.parsed("per", DescriptorReader::period, "must be day or month"),
                bill.parsed("zone", ZoneId::of, ZONE));
        bill.end();
        return billing;
    }

    private static ChronoUnit period(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "day" -> ChronoUnit.DAYS;
            case "month" -> ChronoUnit.MONTHS;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
