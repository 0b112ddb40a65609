package io.marketbrain.cli.providers;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries that a saved response may be the answer to: about what its description names, its body, the provider's examples, and its
 * address. Where the address is known, only those count whose own requests resemble it most.
 *
 * @param likely the likeliest first
 * @param ofOthers those whose requests resemble the address, but which neither the address nor the body names
 * @param inBody others, about what the body names
 * @param isAsked whether the provider is asked at such an address; true if it is not known
 */
record SampleQueries(List<MarketQuery> likely, List<MarketQuery> ofOthers, List<MarketQuery> inBody, boolean isAsked) {
    /** The most symbols, series or texts of each source that are tried. */
    private static final int MOST_SUBJECTS = 32;

    private static final Set<Operation> OF_INSTRUMENTS =
            Set.of(Operation.QUOTE, Operation.CANDLES, Operation.BOOK, Operation.TRADES);

    /** Where the subject of a query comes from, the likelier first. */
    private enum Source {
        DESCRIPTION,
        VALUES,
        EXAMPLES,
        KEYS,
        ADDRESS,
        PAIRS;

        boolean isBody() {
            return this == VALUES || this == KEYS || this == PAIRS;
        }
    }

    /**
     * A query, and how its request fits the address that the response came from.
     *
     * @param isInBody whether the body names what it is about, whatever else does
     * @param likeness how much of the request the address has; the least if no request can be made
     * @param isAsked whether the address has the path of the request
     * @param isOfAnother whether the address names something else
     */
    private record Candidate(
            MarketQuery query, Source source, boolean isInBody, int likeness, boolean isAsked, boolean isOfAnother) {
        static Candidate of(
                MarketQuery query, Set<Source> sources, ResponseCheck check, Optional<SampleAddress> saved) {
            Source source = sources.iterator().next();
            boolean isInBody = sources.stream().anyMatch(Source::isBody);
            Optional<RequestAddress> own = check.address(query);
            if (own.isEmpty()) {
                return new Candidate(query, source, isInBody, Integer.MIN_VALUE, false, false);
            }
            if (saved.isEmpty()) {
                return new Candidate(query, source, isInBody, 0, false, false);
            }
            RequestAddress request = own.get();
            Predicate<String> alsoCalled = text -> check.isCalled(query, text);
            return new Candidate(
                    query,
                    source,
                    isInBody,
                    request.likeness(saved.get(), alsoCalled),
                    source == Source.EXAMPLES ? request.hasPathOf(saved.get()) : request.isAt(saved.get()),
                    request.isOfAnother(saved.get(), alsoCalled));
        }

        /** What it is about; a pair and its swaps are one. */
        String subject() {
            return query instanceof MarketQuery.OfInstrument about
                    ? about.instrument().base() + "/" + about.instrument().quote()
                    : query.subject();
        }
    }

    static SampleQueries of(ResponseCheck check, SavedResponse response) {
        List<Candidate> likely = new ArrayList<>();
        List<Candidate> inBody = new ArrayList<>();
        boolean isAsked = response.address().isEmpty();
        Map<Source, Collection<String>> words = words(check, response);
        for (Operation operation : check.operations()) {
            List<Candidate> candidates = candidates(operation, words, check, response.address());
            boolean isAskedFor = candidates.stream().anyMatch(Candidate::isAsked);
            isAsked |= isAskedFor;
            if (response.mayBe(operation) || (isAskedFor && response.isData())) {
                likely.addAll(limited(likeliest(candidates)));
                inBody.addAll(limited(candidates.stream().filter(Candidate::isInBody)));
            }
        }
        likely.sort(Comparator.comparingInt(Candidate::likeness).reversed());
        inBody.removeIf(each -> !each.isOfAnother() && likely.contains(each));
        return new SampleQueries(
                queries(likely.stream().filter(each -> !each.isOfAnother())),
                queries(likely.stream().filter(each -> each.isOfAnother() && !each.isInBody())),
                queries(inBody.stream()),
                isAsked);
    }

    private static Map<Source, Collection<String>> words(ResponseCheck check, SavedResponse response) {
        SampleWords words = SampleWords.of(response);
        Map<Source, Collection<String>> bySource = new EnumMap<>(Source.class);
        bySource.put(Source.DESCRIPTION, response.symbol().stream().toList());
        bySource.put(Source.VALUES, words.values());
        bySource.put(Source.EXAMPLES, check.examples());
        bySource.put(Source.KEYS, words.keys());
        bySource.put(Source.ADDRESS, words.address());
        bySource.put(Source.PAIRS, words.pairs());
        return bySource;
    }

    /** About each word, as it is and, if it may be an instrument, as the symbol of a swap. */
    private static List<Candidate> candidates(
            Operation operation,
            Map<Source, Collection<String>> words,
            ResponseCheck check,
            Optional<SampleAddress> saved) {
        Map<MarketQuery, Set<Source>> sources = new LinkedHashMap<>();
        words.forEach((source, names) -> names.stream()
                .flatMap(word -> OF_INSTRUMENTS.contains(operation)
                        ? Stream.of(word, word.toUpperCase(Locale.ROOT) + SymbolRules.PERPETUAL)
                        : Stream.of(word))
                .flatMap(word -> check.queries(operation, word, Optional.empty()).stream())
                .forEach(query -> sources.computeIfAbsent(query, any -> EnumSet.noneOf(Source.class))
                        .add(source)));
        return sources.entrySet().stream()
                .map(each -> Candidate.of(each.getKey(), each.getValue(), check, saved))
                .toList();
    }

    /** Those, of any interval, about what is requested in a way most like the address. */
    private static Stream<Candidate> likeliest(List<Candidate> candidates) {
        int most = candidates.stream().mapToInt(Candidate::likeness).max().orElse(0);
        Set<String> subjects = candidates.stream()
                .filter(each -> each.likeness() == most)
                .map(Candidate::subject)
                .collect(Collectors.toSet());
        return candidates.stream().filter(each -> subjects.contains(each.subject()));
    }

    /** Those about the first subjects of each source. */
    private static List<Candidate> limited(Stream<Candidate> candidates) {
        return candidates
                .collect(Collectors.groupingBy(
                        Candidate::source, () -> new EnumMap<>(Source.class), Collectors.toList()))
                .values()
                .stream()
                .flatMap(ofSource -> {
                    Set<String> first = ofSource.stream()
                            .map(Candidate::subject)
                            .distinct()
                            .limit(MOST_SUBJECTS)
                            .collect(Collectors.toSet());
                    return ofSource.stream().filter(each -> first.contains(each.subject()));
                })
                .toList();
    }

    private static List<MarketQuery> queries(Stream<Candidate> candidates) {
        return candidates.map(Candidate::query).toList();
    }
}
