package io.marketbrain.cli.providers;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.NumberMarks;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a sample in CSV is written, as far as it shows. Pure. */
final class SampleCsv {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final String COMMENT = "#";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** {@code 87,61}, {@code 1234,500}, {@code 0,500}, {@code 1.101,50}: the comma is before decimal places. */
    private static final Pattern DECIMAL_COMMA =
            Pattern.compile("-?([0-9]+,([0-9]{1,2}|[0-9]{4,})|([0-9]{4,}|0),[0-9]+|[0-9]{1,3}([.][0-9]{3})+,[0-9]+)");

    private static final Pattern POINT_GROUPS = Pattern.compile("-?[0-9]{1,3}([.][0-9]{3})+,[0-9]+");

    /** {@code 4,850.25}, {@code 1,250,000}: the comma is between groups of digits. */
    private static final Pattern COMMA_GROUPS =
            Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})+[.][0-9]*|-?[0-9]{1,3}(,[0-9]{3}){2,}");

    /** {@code 4.5}: the point is before decimal places. */
    private static final Pattern DECIMAL_POINT = Pattern.compile("-?[0-9]+[.]([0-9]{1,2}|[0-9]{4,})");

    private static final Pattern UNCLEAR = Pattern.compile("-?[1-9][0-9]{0,2},[0-9]{3}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private SampleCsv() {}

    /** @throws MalformedPayload if it does not show what a comma in numbers means */
    static CsvFormat format(byte[] body) throws MalformedPayload {
        Charset charset = isUtf8(body) ? StandardCharsets.UTF_8 : WESTERN;
        String text = new String(body, charset);
        boolean begins = text.lines()
                .map(line -> line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line)
                .filter(line -> !line.isBlank())
                .findFirst()
                .filter(line -> line.startsWith(COMMENT))
                .isPresent();
        String comment = begins ? COMMENT : "";
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && (comment.isEmpty() || !line.startsWith(comment)))
                .toList();
        char separator = separator(lines.isEmpty() ? "" : lines.getFirst());
        List<String> cells =
                lines.stream().flatMap(line -> cells(line, separator)).toList();
        return new CsvFormat(separator, true, 0, "", marks(cells), false, false, comment, charset);
    }

    /** The cells of a line in which a comma can be part of a number. */
    private static Stream<String> cells(String line, char separator) {
        return separator == ','
                ? QUOTED.matcher(line).results().map(quoted -> quoted.group(1).strip())
                : Stream.of(line.split(Pattern.quote(String.valueOf(separator)), -1))
                        .map(cell -> QUOTED.matcher(cell).replaceAll("$1").strip());
    }

    private static NumberMarks marks(List<String> cells) throws MalformedPayload {
        boolean decimal = has(cells, DECIMAL_COMMA);
        boolean groups = has(cells, COMMA_GROUPS);
        Optional<String> unclear =
                cells.stream().filter(UNCLEAR.asMatchPredicate()).findFirst();
        if (decimal && (groups || has(cells, DECIMAL_POINT))) {
            throw new MalformedPayload("its numbers have decimal commas and decimal points; write the mapping by hand");
        }
        if (decimal) {
            return new NumberMarks(',', has(cells, POINT_GROUPS) ? '.' : NumberMarks.NONE);
        }
        if (unclear.isPresent() && !groups && !has(cells, DECIMAL_POINT)) {
            throw new MalformedPayload("whether the comma in " + unclear.get()
                    + " is a decimal mark or a group mark does not show; write the mapping by hand");
        }
        return groups || unclear.isPresent() ? new NumberMarks('.', ',') : NumberMarks.USUAL;
    }

    private static boolean has(List<String> cells, Pattern pattern) {
        return cells.stream().anyMatch(pattern.asMatchPredicate());
    }

    /** The key {@code csv} of a response; empty for what needs none. */
    static Map<String, Object> key(CsvFormat format) {
        var csv = new LinkedHashMap<String, Object>();
        if (format.separator() != CsvFormat.USUAL.separator()) {
            csv.put("separator", String.valueOf(format.separator()));
        }
        if (format.marks().decimal() != '.') {
            csv.put("decimal_mark", String.valueOf(format.marks().decimal()));
        }
        if (format.marks().group() != NumberMarks.NONE) {
            csv.put("group_mark", String.valueOf(format.marks().group()));
        }
        if (!format.comment().isEmpty()) {
            csv.put("comment", format.comment());
        }
        if (!format.charset().equals(StandardCharsets.UTF_8)) {
            csv.put("charset", "windows-1252");
        }
        return csv;
    }

    private static char separator(String header) {
        char best = ',';
        for (char other : new char[] {';', '\t', '|'}) {
            if (count(header, other) > count(header, best)) {
                best = other;
            }
        }
        return best;
    }

    private static long count(String text, char c) {
        return text.chars().filter(one -> one == c).count();
    }

    private static boolean isUtf8(byte[] body) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
