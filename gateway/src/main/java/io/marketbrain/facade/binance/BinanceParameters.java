package io.marketbrain.facade.binance;

import io.marketbrain.api.request.Request;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of one request, read as strictly as Binance reads them. Immutable. */
final class BinanceParameters {
    private static final String SYMBOL_RANGE = "^[A-Z0-9-_.]{1,20}$";
    private static final String SYMBOLS_RANGE = "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$";
    private static final String NUMBER_RANGE = "^[0-9]{1,20}$";
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9_.-]{1,20}");

    /** What fits into a long whatever its digits are. */
    private static final int MAX_DIGITS = 18;

    private final Map<String, List<String>> query;

    private BinanceParameters(Map<String, List<String>> query) {
        this.query = query;
    }

    /** The parameters of a request, which may only have the {@code known} names. */
    static BinanceParameters of(Request request, String... known) throws BinanceRejected {
        Map<String, List<String>> query = request.query();
        Set<String> names = Set.of(known);
        int read = (int) query.keySet().stream().filter(names::contains).count();
        if (read < query.size()) {
            throw new BinanceRejected(BinanceError.unread(read, query.size()));
        }
        for (var parameter : query.entrySet()) {
            if (parameter.getValue().size() > 1) {
                throw new BinanceRejected(BinanceError.DUPLICATE_PARAMETER);
            }
            if (parameter.getValue().getFirst().isEmpty()) {
                throw new BinanceRejected(BinanceError.empty(parameter.getKey()));
            }
        }
        return new BinanceParameters(query);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    private String mandatory(String name) throws BinanceRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            throw new BinanceRejected(BinanceError.missing(name));
        }
        return text.get();
    }

    /** The parameter {@code symbol}, which must be there. */
    String symbol() throws BinanceRejected {
        String symbol = mandatory("symbol");
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new BinanceRejected(BinanceError.illegalCharacters("symbol", SYMBOL_RANGE));
        }
        return symbol;
    }

    /** The symbols in {@code symbol} or {@code symbols}; empty if there is neither. */
    List<String> symbols() throws BinanceRejected {
        if (find("symbol").isPresent()) {
            if (find("symbols").isPresent()) {
                throw new BinanceRejected(BinanceError.INVALID_COMBINATION);
            }
            return List.of(symbol());
        }
        Optional<String> list = find("symbols");
        return list.isEmpty() ? List.of() : symbols(list.get());
    }

    private static List<String> symbols(String list) throws BinanceRejected {
        List<String> symbols = new ArrayList<>();
        try {
            for (JsonValue item :
                    JsonValue.parse(list.getBytes(StandardCharsets.UTF_8)).items()) {
                symbols.add(item.text());
            }
        } catch (MalformedPayload e) {
            throw new BinanceRejected(BinanceError.illegalCharacters("symbols", SYMBOLS_RANGE));
        }
        if (symbols.isEmpty()
                || !symbols.stream().allMatch(one -> SYMBOL.matcher(one).matches())) {
            throw new BinanceRejected(BinanceError.illegalCharacters("symbols", SYMBOLS_RANGE));
        }
        if (Set.copyOf(symbols).size() < symbols.size()) {
            throw new BinanceRejected(BinanceError.DUPLICATE_PARAMETER);
        }
        return symbols;
    }

    /** The parameter {@code limit}; one that is too large counts as the largest. */
    int limit(int otherwise, int most) throws BinanceRejected {
        Optional<Long> limit = number("limit");
        if (limit.isEmpty()) {
            return Math.min(otherwise, most);
        }
        if (limit.get() < 1) {
            throw new BinanceRejected(BinanceError.invalid("limit"));
        }
        return (int) Math.min(limit.get(), most);
    }

    /** A time in milliseconds since 1970. */
    Optional<Instant> time(String name) throws BinanceRejected {
        return number(name).map(Instant::ofEpochMilli);
    }

    /** The number of a trade. */
    Optional<Long> id(String name) throws BinanceRejected {
        return number(name);
    }

    private Optional<Long> number(String name) throws BinanceRejected {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String digits = text.get();
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BinanceRejected(BinanceError.illegalCharacters(name, NUMBER_RANGE));
        }
        if (digits.length() > MAX_DIGITS) {
            throw new BinanceRejected(BinanceError.invalid(name));
        }
        return Optional.of(Long.parseLong(digits));
    }

    /** The parameter {@code type}: whether only the main members of a ticker are wanted. */
    boolean isMini() throws BinanceRejected {
        return switch (find("type").orElse("FULL")) {
            case "FULL" -> false;
            case "MINI" -> true;
            default -> throw new BinanceRejected(BinanceError.invalid("type"));
        };
    }

    /** The text of a parameter that must be there. */
    String text(String name) throws BinanceRejected {
        return mandatory(name);
    }
}
