package io.marketbrain.provider.descriptor;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.provider.symbols.SymbolForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Symbol rules of a provider that spells instruments in several forms. A text in the provider's own spelling means what it
 * means there; otherwise the first form that fits decides, and the rules of pairs come last. A text in which one form sees
 * several instruments is ambiguous and rejected with these.
 *
 * @param pairs the rules for crypto pairs; empty if the forms are all there is
 * @param lowerCase whether the provider's symbols are in lower case
 */
record CombinedSymbols(ProviderId provider, List<SymbolForm> forms, Optional<SymbolRules> pairs, boolean lowerCase)
        implements SymbolRules {
    CombinedSymbols {
        forms = List.copyOf(forms);
    }

    @Override
    public Outcome<Instrument> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return unknown(text);
        }
        List<Instrument> first = List.of();
        for (SymbolForm form : forms) {
            List<Instrument> read = form.read(text);
            Optional<Instrument> own = read.stream()
                    .filter(one -> form.findSpelling(one)
                            .filter(text::equalsIgnoreCase)
                            .isPresent())
                    .findFirst();
            if (own.isPresent() && read.size() == 1) {
                return Outcome.success(own.get());
            }
            first = first.isEmpty() ? read : first;
        }
        return switch (first.size()) {
            case 0 -> pairs.map(rules -> pair(text, rules)).orElseGet(() -> unknown(text));
            case 1 -> Outcome.success(first.getFirst());
            default -> ambiguous(text, first);
        };
    }

    /** A pair by the rules of pairs, unless its spelling means another instrument: Bybit's {@code BTCUSD} is a contract. */
    private Outcome<Instrument> pair(String text, SymbolRules rules) {
        Outcome<Instrument> read = rules.parse(text);
        return read instanceof Outcome.Success<Instrument>(Instrument pair) && isOtherwiseMeant(rules.spell(pair))
                ? unknown(text)
                : read;
    }

    private boolean isOtherwiseMeant(String spelled) {
        for (SymbolForm form : forms) {
            for (Instrument one : form.read(spelled)) {
                if (form.findSpelling(one).filter(spelled::equalsIgnoreCase).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Outcome<Instrument> ambiguous(String text, List<Instrument> candidates) {
        return Outcome.failed(new Failure.AmbiguousInstrument(
                text, candidates.stream().map(Instrument::unified).toList()));
    }

    private Outcome<Instrument> unknown(String text) {
        List<Instrument> suggested =
                forms.stream().flatMap(form -> form.suggest(text).stream()).toList();
        return suggested.isEmpty()
                ? Outcome.failed(new Failure.UnknownInstrument(provider, text))
                : ambiguous(text, suggested);
    }

    @Override
    public List<Instrument> readings(String text) {
        if (parse(text) instanceof Outcome.Success<Instrument>(Instrument instrument) && !isPair(instrument)) {
            return List.of(instrument);
        }
        List<Instrument> readings = new ArrayList<>();
        forms.forEach(form -> readings.addAll(form.read(text)));
        pairs.ifPresent(rules -> readings.addAll(rules.readings(text)));
        return readings.stream().distinct().toList();
    }

    /** Whether only the rules of pairs know an instrument. */
    private boolean isPair(Instrument instrument) {
        return forms.stream().allMatch(form -> form.findSpelling(instrument).isEmpty());
    }

    @Override
    public boolean isCertain(String text) {
        boolean byForm = forms.stream().anyMatch(form -> !form.read(text).isEmpty());
        return byForm || pairs.map(rules -> rules.isCertain(text)).orElse(true);
    }

    @Override
    public String canonicalCode(String code) {
        return pairs.map(rules -> rules.canonicalCode(code)).orElse(code);
    }

    @Override
    public Optional<Instrument> findNamesake(Instrument instrument) {
        return pairs.filter(_ -> isPair(instrument)).flatMap(rules -> rules.findNamesake(instrument));
    }

    @Override
    public Optional<AssetChange> findChange(Instrument instrument) {
        return pairs.flatMap(rules -> rules.findChange(instrument));
    }

    @Override
    public String priceUnit(Instrument instrument) {
        return forms.stream()
                .flatMap(form -> form.findPriceUnit(instrument).stream())
                .findFirst()
                .orElse(instrument.quote());
    }

    @Override
    public String spell(Instrument instrument) {
        String symbol = forms.stream()
                .flatMap(form -> form.findSpelling(instrument).stream())
                .findFirst()
                .or(() -> pairs.map(rules -> rules.spell(instrument)))
                .orElseGet(instrument::unified);
        return lowerCase ? symbol.toLowerCase(Locale.ROOT) : symbol;
    }
}
