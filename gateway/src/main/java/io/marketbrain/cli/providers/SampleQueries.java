package io.marketbrain.cli.providers;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import io.marketbrain.model.series.InstrumentSeries;
import io.marketbrain.model.series.SeriesKind;
import io.marketbrain.provider.descriptor.SymbolRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries that a saved response may be the answer to: about what its description names, its body, the provider's examples, and its
 * address. Where the address is known, only those count whose own requests resemble it most, and what the description names.
 *
 * @param likely the likeliest first
 * @param ofOthers those whose requests resemble the address, but which neither the address nor the body names
 * @param inBody others, about what the body names
 * @param otherwise about what is named, of other operations than the address and the description mean
 * @param likeness how like the address the requests of the likely ones are
 * @param isAsked whether the provider is asked at such an address; true if it is not known
 */
record SampleQueries(
        List<MarketQuery> likely,
        List<MarketQuery> ofOthers,
        List<MarketQuery> inBody,
        List<MarketQuery> otherwise,
        Map<MarketQuery, Integer> likeness,
        boolean isAsked) {
    /** The most symbols, series or texts of each source that are tried. */
    private static final int MOST_SUBJECTS = 32;

    private static final Set<Operation> OF_INSTRUMENTS = Collections.unmodifiableSet(
            EnumSet.of(Operation.QUOTE, Operation.CANDLES, Operation.BOOK, Operation.TRADES));

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

        /** Whether some of its pairs are of codes that are not together there. */
        boolean isComposed() {
            return this == ADDRESS || this == PAIRS;
        }

        /** Whether it may say what is asked for: news are not about what their bodies name, but about a text of the request. */
        boolean mayName(Operation operation) {
            return operation != Operation.NEWS || !isBody();
        }
    }

    /**
     * A query, and how its request fits the address that the response came from.
     *
     * @param sources what names it
     * @param likeness how much of the request the address has; the least if no request can be made
     * @param isAsked whether the address has the path of the request
     * @param isOfAnother whether the address names something else
     */
    private record Candidate(
            MarketQuery query, Set<Source> sources, int likeness, boolean isAsked, boolean isOfAnother) {
        static Candidate of(
                MarketQuery query, Set<Source> sources, ResponseCheck check, Optional<SampleAddress> saved) {
            Optional<RequestAddress> own = check.address(query);
            if (own.isEmpty()) {
                return new Candidate(query, sources, Integer.MIN_VALUE, false, false);
            }
            if (saved.isEmpty()) {
                return new Candidate(query, sources, 0, false, false);
            }
            RequestAddress request = own.get();
            Predicate<String> alsoCalled = text -> check.queries().isCalled(query, text);
            return new Candidate(
                    query,
                    sources,
                    request.likeness(saved.get(), alsoCalled),
                    (sources.contains(Source.DESCRIPTION) || sources.iterator().next() == Source.EXAMPLES)
                            ? request.hasPathOf(saved.get())
                            : request.isAt(saved.get()),
                    request.isOfAnother(saved.get(), alsoCalled));
        }

        /** The likeliest source. */
        Source source() {
            return sources.iterator().next();
        }

        boolean isInBody() {
            return sources.stream().anyMatch(Source::isBody);
        }

        /** Whether anything but the provider's examples names it. */
        boolean isNamed() {
            return !sources.equals(EnumSet.of(Source.EXAMPLES));
        }

        /** Whether the description of the response names it, and the provider is asked for it at such an address. */
        boolean isDescribed() {
            return source() == Source.DESCRIPTION && isAsked && !isOfAnother;
        }

        /** What it is about; a pair and its swaps are one. */
        String subject() {
            return query instanceof MarketQuery.OfInstrument about
                    ? about.instrument().base() + "/" + about.instrument().quote()
                    : query.subject();
        }
    }

    static SampleQueries of(ResponseCheck check, SavedResponse response) {
        Map<Source, Collection<String>> words = words(check, response);
        Map<Operation, List<Candidate>> candidates = new EnumMap<>(Operation.class);
        check.operations()
                .forEach(operation ->
                        candidates.put(operation, candidates(operation, words, check, response.address())));
        response.seriesKind()
                .ifPresent(kind -> candidates.computeIfPresent(Operation.SERIES, (_, all) -> ofKind(kind, all)));
        Set<Operation> asked = EnumSet.noneOf(Operation.class);
        candidates.forEach((operation, all) -> {
            if (all.stream().anyMatch(Candidate::isAsked)) {
                asked.add(operation);
            }
        });
        Set<Operation> tried = tried(check, response, asked);
        List<Candidate> likely = new ArrayList<>();
        List<Candidate> inBody = new ArrayList<>();
        for (Operation operation : tried) {
            likely.addAll(limited(likeliest(candidates.getOrDefault(operation, List.of()))));
            inBody.addAll(limited(
                    candidates.getOrDefault(operation, List.of()).stream().filter(Candidate::isInBody)));
        }
        likely.sort(Comparator.comparing(
                        (Candidate each) -> !response.mayBe(each.query().operation()))
                .thenComparing(Comparator.comparingInt(Candidate::likeness).reversed()));
        inBody.sort(Comparator.comparing(each -> !response.mayBe(each.query().operation())));
        inBody.removeIf(each -> !each.isOfAnother() && likely.contains(each));
        return new SampleQueries(
                queries(likely.stream().filter(each -> !each.isOfAnother())),
                queries(likely.stream().filter(each -> each.isOfAnother() && !each.isInBody())),
                queries(inBody.stream()),
                response.isError() ? List.of() : otherwise(candidates, tried, response),
                likely.stream().collect(Collectors.toMap(Candidate::query, Candidate::likeness, Math::max)),
                response.address().isEmpty() || !asked.isEmpty());
    }

    /**
     * The operations that the provider is asked for at the address or, if there is none, those that the description means; in their
     * order.
     */
    private static Set<Operation> tried(ResponseCheck check, SavedResponse response, Set<Operation> asked) {
        if (!response.isError() && !asked.isEmpty()) {
            return asked;
        }
        boolean isOfOtherPrices =
                response.address().filter(SampleAddress::isOfOtherPrices).isPresent();
        return check.operations().stream()
                .filter(operation -> !isOfOtherPrices && response.mayBe(operation))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operation.class)));
    }

    /** Other operations, about what the description, the address or the body names: descriptions are not always right. */
    private static List<MarketQuery> otherwise(
            Map<Operation, List<Candidate>> candidates, Set<Operation> tried, SavedResponse response) {
        if (response.address().filter(SampleAddress::isOfOtherPrices).isPresent()) {
            return List.of();
        }
        List<Candidate> series = response.address()
                .flatMap(SampleAddress::seriesKind)
                .map(kind -> ofKind(kind, candidates.getOrDefault(Operation.SERIES, List.of())))
                .orElse(List.of());
        return Stream.concat(
                        tried.contains(Operation.SERIES) ? Stream.empty() : Stream.of(series),
                        OF_INSTRUMENTS.stream()
                                .filter(operation -> !tried.contains(operation))
                                .map(operation -> candidates.getOrDefault(operation, List.of())))
                .flatMap(all -> limited(all.stream().filter(each -> each.isNamed() && !each.isOfAnother())).stream())
                .sorted(Comparator.comparingInt(Candidate::likeness)
                        .reversed()
                        .thenComparing(each -> !each.sources().contains(Source.EXAMPLES)))
                .map(Candidate::query)
                .toList();
    }

    private static List<Candidate> ofKind(SeriesKind kind, List<Candidate> series) {
        return series.stream()
                .filter(each -> InstrumentSeries.find(each.query().subject())
                        .filter(found -> found.kind() == kind)
                        .isPresent())
                .toList();
    }

    /** Those of some queries that are as likely as this one, for which the response may be as well. */
    List<MarketQuery> asLikelyAs(MarketQuery query, List<MarketQuery> queries) {
        return queries.stream()
                .filter(each -> Objects.equals(likeness.get(each), likeness.get(query)))
                .toList();
    }

    private static Map<Source, Collection<String>> words(ResponseCheck check, SavedResponse response) {
        SampleWords words = SampleWords.of(response, check.examples());
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
                .filter(_ -> source.mayName(operation))
                .flatMap(word -> OF_INSTRUMENTS.contains(operation)
                        ? Stream.of(word, word.toUpperCase(Locale.ROOT) + SymbolRules.PERPETUAL)
                        : Stream.of(word))
                .flatMap(word -> check.queries().about(operation, word, Optional.empty()).stream())
                .filter(query -> !source.isComposed() || check.queries().isPlausible(query))
                .forEach(query -> sources.computeIfAbsent(query, any -> EnumSet.noneOf(Source.class))
                        .add(source)));
        return sources.entrySet().stream()
                .map(each -> Candidate.of(each.getKey(), each.getValue(), check, saved))
                .toList();
    }

    /**
     * Those, of any interval, about what is requested in a way most like the address, and those about what the description names if
     * the provider is asked for it at such an address.
     */
    private static Stream<Candidate> likeliest(List<Candidate> candidates) {
        int most = most(candidates.stream());
        int mostOfIt = most(candidates.stream().filter(each -> !each.isOfAnother()));
        Set<String> subjects = candidates.stream()
                .filter(each -> each.likeness() == most
                        || (each.likeness() == mostOfIt && !each.isOfAnother())
                        || each.isDescribed())
                .map(Candidate::subject)
                .collect(Collectors.toSet());
        return candidates.stream().filter(each -> subjects.contains(each.subject()));
    }

    private static int most(Stream<Candidate> candidates) {
        return candidates.mapToInt(Candidate::likeness).max().orElse(0);
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
