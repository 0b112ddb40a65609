package io.marketbrain.api.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The media types that a client accepts, with their weights (RFC 9110, 12.5.1). Immutable. */
public final class AcceptHeader {
    private static final int MAX_RANGES = 32;

    private final List<MediaRange> ranges = new ArrayList<>();

    /** A media range and its weight, from 0 to 1; a range with an invalid weight is not accepted. */
    private record MediaRange(String text, double weight) {
        /** How closely the range describes a type: 2 for the type itself, 1 for all subtypes, 0 for all types, −1 for none. */
        int match(String type) {
            if (text.equals(type)) {
                return 2;
            }
            boolean subtypes = text.endsWith("/*") && type.startsWith(text.substring(0, text.length() - 1));
            return subtypes ? 1 : text.equals("*/*") ? 0 : -1;
        }
    }

    /** @param value the header as sent; empty if there is none */
    public AcceptHeader(String value) {
        for (String item : value.toLowerCase(Locale.ROOT).split(",", MAX_RANGES)) {
            String[] parts = item.split(";", MAX_RANGES);
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.startsWith("q=")) {
                    weight = weight(parameter.substring(2).strip());
                }
            }
            ranges.add(new MediaRange(parts[0].strip(), weight));
        }
    }

    private static double weight(String text) {
        return text.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
    }

    /**
     * The accepted one of {@code offered} with the highest weight. Of equal ones, the type that the header names itself
     * comes first, then the order in the header, then that of {@code offered}. The first if none is accepted.
     */
    public String best(List<String> offered) {
        String best = offered.getFirst();
        double weight = 0;
        int match = -1;
        int place = Integer.MAX_VALUE;
        for (String type : offered) {
            int at = closest(type);
            if (at < 0) {
                continue;
            }
            MediaRange range = ranges.get(at);
            int closeness = range.match(type);
            boolean better = range.weight() > weight
                    || (range.weight() == weight
                            && weight > 0
                            && (closeness > match || (closeness == match && at < place)));
            if (better) {
                best = type;
                weight = range.weight();
                match = closeness;
                place = at;
            }
        }
        return best;
    }

    /** The place of the range that describes a type most closely, or −1. */
    private int closest(String type) {
        int closest = -1;
        int match = -1;
        for (int i = 0; i < ranges.size(); i++) {
            int closeness = ranges.get(i).match(type);
            if (closeness > match) {
                closest = i;
                match = closeness;
            }
        }
        return closest;
    }
}
