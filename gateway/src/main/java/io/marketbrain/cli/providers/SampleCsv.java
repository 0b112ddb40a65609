package io.marketbrain.cli.providers;

import io.marketbrain.payload.CsvFormat;
import io.marketbrain.payload.NumberMarks;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** How a sample in CSV is written, as far as it shows. Pure. */
final class SampleCsv {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final String COMMENT = "#";
    private static final Pattern DECIMAL_COMMA = Pattern.compile("(?m)(^|[;\t])\"?-?[0-9.]*[0-9],[0-9]+\"?($|[;\t\r])");
    private static final Pattern POINT_GROUPS =
            Pattern.compile("(?m)(^|[;\t])\"?-?[0-9]{1,3}([.][0-9]{3})+,[0-9]+\"?($|[;\t\r])");

    private SampleCsv() {}

    static CsvFormat format(byte[] body) {
        Charset charset = isUtf8(body) ? StandardCharsets.UTF_8 : WESTERN;
        String text = new String(body, charset);
        String comment = text.startsWith(COMMENT) ? COMMENT : "";
        String header = text.lines()
                .filter(line -> comment.isEmpty() || !line.startsWith(comment))
                .findFirst()
                .orElse("");
        char separator = separator(header);
        boolean comma = separator != ',' && DECIMAL_COMMA.matcher(text).find();
        boolean groups = comma && POINT_GROUPS.matcher(text).find();
        return new CsvFormat(
                separator,
                true,
                0,
                "",
                new NumberMarks(comma ? ',' : '.', groups ? '.' : NumberMarks.NONE),
                false,
                false,
                comment,
                charset);
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
