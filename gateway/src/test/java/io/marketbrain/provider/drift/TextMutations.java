package io.marketbrain.provider.drift;

import io.marketbrain.provider.drift.BodyMutations.Change;
import io.marketbrain.provider.drift.BodyMutations.Mutant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which a provider may change a recorded body of XML or CSV: names, and columns, renamed, dropped or emptied. */
public final class TextMutations {
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([\\w:.-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*')");
    private static final Pattern ELEMENT = Pattern.compile("</?([\\w:.-]+)");
    private static final Pattern SEPARATOR = Pattern.compile("[,;|\\t]");

    private TextMutations() {}

    /** Mutants of an XML document. */
    public static Stream<Mutant> ofXml(byte[] body) {
        String xml = new String(body, StandardCharsets.UTF_8);
        List<Mutant> mutants = new ArrayList<>();
        for (String name : names(ATTRIBUTE, xml)) {
            Pattern one = Pattern.compile("\\s" + Pattern.quote(name) + "\\s*=\\s*(\"[^\"]*\"|'[^']*')");
            if (!name.startsWith("xmlns")) {
                mutants.add(mutant("@" + name, Change.RENAME, one.matcher(xml).replaceAll(" " + name + "X=$1")));
                mutants.add(mutant("@" + name, Change.DROP, one.matcher(xml).replaceAll("")));
                mutants.add(mutant("@" + name, Change.NULL, one.matcher(xml).replaceAll(" " + name + "=\"\"")));
                mutants.add(mutant("@" + name, Change.RETYPE, one.matcher(xml).replaceAll(" " + name + "=\"true\"")));
            }
        }
        for (String name : names(ELEMENT, xml)) {
            Pattern tag = Pattern.compile("(</?)" + Pattern.quote(name) + "(?=[\\s/>])");
            mutants.add(mutant(name, Change.RENAME, tag.matcher(xml).replaceAll("$1" + name + "X")));
        }
        return mutants.stream();
    }

    /** Mutants of a table: each column under another name, dropped, emptied, or with words in it. */
    public static Stream<Mutant> ofCsv(byte[] body) {
        List<String> lines = new String(body, StandardCharsets.UTF_8).lines().toList();
        String header = lines.stream()
                .filter(line -> SEPARATOR.matcher(line).find())
                .findFirst()
                .orElse("");
        var separator =
                SEPARATOR.matcher(header).results().map(MatchResult::group).findFirst();
        if (separator.isEmpty() || lines.stream().anyMatch(line -> line.contains("\""))) {
            return Stream.empty();
        }
        List<Mutant> mutants = new ArrayList<>();
        int columns = cells(header, separator.get()).size();
        for (int i = 0; i < columns; i++) {
            String name = cells(header, separator.get()).get(i);
            for (Change change : List.of(Change.RENAME, Change.DROP, Change.NULL, Change.RETYPE)) {
                var edit = new Edit(separator.get(), columns, i, change);
                String changed = lines.stream()
                        .map(line -> edit.of(line, line.equals(header)))
                        .collect(Collectors.joining("\n", "", "\n"));
                mutants.add(mutant(name, change, changed));
            }
        }
        return mutants.stream();
    }

    /** A change of one column of a table. */
    private record Edit(String separator, int columns, int column, Change change) {
        String of(String line, boolean isHeader) {
            List<String> cells = new ArrayList<>(cells(line, separator));
            if (cells.size() != columns) {
                return line;
            }
            switch (change) {
                case RENAME -> cells.set(column, isHeader ? cells.get(column) + "X" : cells.get(column));
                case DROP -> cells.remove(column);
                case NULL -> cells.set(column, isHeader ? cells.get(column) : "");
                default -> cells.set(column, isHeader ? cells.get(column) : "true");
            }
            return String.join(separator, cells);
        }
    }

    private static List<String> cells(String line, String separator) {
        return Arrays.asList(line.split(Pattern.quote(separator), -1));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Mutant mutant(String path, Change change, String text) {
        return new Mutant(path, change, text.getBytes(StandardCharsets.UTF_8), false);
    }
}
