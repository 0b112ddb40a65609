package io.marketbrain.api.conversion;

import io.marketbrain.api.endpoints.QueryExecutor;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.rendering.ResponseJson;
import io.marketbrain.api.request.CacheDirectiveReader;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.model.Call;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.model.text.SymbolText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The path that converts an amount from one currency or crypto asset to another. Thread-safe. */
public final class ConvertEndpoint {
    public static final int DEFAULT_DIGITS = 20;
    public static final int MAX_DIGITS = 50;

    private static final int AMOUNT_DIGITS = 30;
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");
    private static final String AMOUNTS =
            "a decimal of at most 30 digits before and 30 after the point, such as 12.50 or 5e-8";
    private static final Map<String, RoundingMode> ROUNDING = new LinkedHashMap<>();

    static {
        for (RoundingMode mode : RoundingMode.values()) {
            if (mode != RoundingMode.UNNECESSARY) {
                ROUNDING.put(mode.name().toLowerCase(Locale.ROOT), mode);
            }
        }
    }

    private final SymbolResolver resolver;
    private final QueryExecutor executor;
    private final InstantSource clock;

    public ConvertEndpoint(SymbolResolver resolver, QueryExecutor executor, InstantSource clock) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
    }

    public Response convert(Request request) throws RequestRejected {
        var parameters = Parameters.of(
                request,
                "amount",
                "from",
                "to",
                "at",
                "provider",
                "digits",
                "rounding",
                "timeout",
                "mock_when_down",
                "allow",
                CacheDirectiveReader.PARAMETER);
        BigDecimal amount = amount(parameters);
        Unit from = unit(parameters, "from");
        Unit to = unit(parameters, "to");
        Instant at = parameters.past("at", clock).orElse(null);
        ProviderId provider = resolver.provider(parameters.find("provider").orElse(ProviderId.AUTO.value()));
        int digits = parameters.integer("digits", DEFAULT_DIGITS, 1, MAX_DIGITS);
        RoundingMode mode = parameters.oneOf(
                "rounding",
                RoundingMode.HALF_EVEN,
                text -> Optional.ofNullable(ROUNDING.get(text)),
                _ -> String.join(", ", ROUNDING.keySet()));
        var rounding = new MathContext(digits, mode);
        Call call = executor.call(request, parameters);
        long start = executor.now();
        var finder = new RateFinder(resolver, executor, provider, at, call);
        List<ConversionRate> path =
                RequestRejected.orReject(new ConversionPath(provider, finder).find(from.code(), to.code()));
        BigDecimal scale = from.scale().divide(to.scale()); // powers of ten
        var result = ConvertedAmount.of(amount.multiply(scale), path, rounding);
        var rate = ConvertedAmount.of(scale, path, rounding);
        boolean mock = path.stream().anyMatch(one -> ResponseJson.isMock(one.provenance()));
        Instant then = at != null ? at : clock.instant();
        return Response.json(JsonDocument.document(json -> {
                    json.put("success", true)
                            .put("amount", amount)
                            .put("from", from.name())
                            .put("to", to.name())
                            .put("at", at)
                            .put("result", result.value())
                            .put("rate", rate.value())
                            .put("exact", result.exact())
                            .put("digits", (long) digits)
                            .put("rounding", mode.name().toLowerCase(Locale.ROOT))
                            .put("mock", mock)
                            .objects("path", path, (item, one) -> write(item, one, then));
                    json.untagged(untagged -> untagged.number("response_time", executor.secondsSince(start))
                            .put("call_id", request.callId().value()));
                }))
                .with("Cache-Control", "no-cache")
                .with("X-Mock", Boolean.toString(mock));
    }

    private static BigDecimal amount(Parameters parameters) throws RequestRejected {
        String text = parameters.find("amount").orElse("1");
        if (!AMOUNT.matcher(text).matches()) {
            throw RequestRejected.invalid("amount", EchoedText.of(text), AMOUNTS);
        }
        var amount = new BigDecimal(text);
        if (amount.scale() > AMOUNT_DIGITS || amount.precision() - amount.scale() > AMOUNT_DIGITS) {
            throw RequestRejected.invalid("amount", EchoedText.of(text), AMOUNTS);
        }
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    /**
     * What an amount is in.
     *
     * @param code the currency or asset
     * @param scale what one of the unit is of it: 0.01 of pence ({@code GBp}), else 1
     */
    private record Unit(String name, String code, BigDecimal scale) {}

    private static Unit unit(Parameters parameters, String name) throws RequestRejected {
        String text = parameters.find(name).orElse("");
        String currency = PriceUnit.currencyOf(text);
        if (!currency.equals(text)) {
            return new Unit(text, currency, PriceUnit.scale(text));
        }
        String code = SymbolText.canonical(text);
        if (!IdentifierText.CODE.isValid(code)) {
            throw RequestRejected.invalid(
                    name, EchoedText.of(text), "the code of a currency or crypto asset, such as EUR or BTC");
        }
        return new Unit(code, code, BigDecimal.ONE);
    }

    private static void write(JsonDocument json, ConversionRate rate, Instant then) {
        Provenance provenance = rate.provenance();
        Instant asOf = rate.asOf();
        json.put("instrument", rate.pair().unified())
                .put("asset_type", rate.pair().type().wire())
                .put("from", rate.from())
                .put("to", rate.to())
                .put("rate", rate.rate())
                .put("inverted", rate.inverted())
                .put("kind", rate.kind().name().toLowerCase(Locale.ROOT))
                .put("provider", provenance.provider().value())
                .put("source", provenance.source())
                .put("mock", ResponseJson.isMock(provenance))
                .put("mock_reason", provenance.mockReason())
                .put("as_of", asOf);
        json.untagged(untagged -> untagged.put(
                        "age_seconds",
                        asOf == null
                                ? null
                                : (Long)
                                        Math.max(0, Duration.between(asOf, then).toSeconds()))
                .put("received_at", provenance.receivedAt()));
        json.put("freshness", provenance.freshness().wire())
                .objects("quality", provenance.flags(), ResponseJson::writeFlag);
    }
}
