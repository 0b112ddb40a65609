package io.marketbrain.facade.portfolio;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.RequestRejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of prices. */
enum PriceFormat {
    JSON,
    CSV,
    BEANCOUNT,
    LEDGER;

    /** The parameter {@code format}; JSON without it. */
    static PriceFormat of(Parameters parameters) throws RequestRejected {
        Optional<String> text = parameters.find("format");
        for (PriceFormat format : values()) {
            if (text.isEmpty() || format.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return format;
            }
        }
        throw RequestRejected.invalid("format", EchoedText.of(text.get()), "one of json, csv, beancount, ledger");
    }

    /** The prices of several instruments in one document, in their order. */
    Response write(List<PriceRows> all, Optional<String> commodity) {
        return switch (this) {
            case JSON -> Response.json(PriceJson.rows(all));
            case CSV ->
                text(
                        "text/csv; charset=utf-8; header=present",
                        PriceRows.CSV_HEAD + all.stream().map(PriceRows::csv).collect(Collectors.joining()));
            case BEANCOUNT -> directives(PriceDirectives.BEANCOUNT, all, commodity);
            case LEDGER -> directives(PriceDirectives.LEDGER, all, commodity);
        };
    }

    private static Response directives(PriceDirectives kind, List<PriceRows> all, Optional<String> commodity) {
        return text(
                kind.contentType(),
                all.stream()
                        .map(rows -> kind.write(
                                rows,
                                commodity.orElseGet(() -> PriceDirectives.commodity(
                                        rows.instrument().base()))))
                        .collect(Collectors.joining()));
    }

    private static Response text(String contentType, String text) {
        return Response.of(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
