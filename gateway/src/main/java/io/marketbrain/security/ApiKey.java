package io.marketbrain.security;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The stored record of one caller's API key: its hash, never the key itself.
 *
 * @param hash SHA-256 of the key, in hexadecimal
 * @param admin whether it permits requests that change the gateway
 * @param budget what its caller may spend, as configured: {@code 100/day}
 */
public record ApiKey(String name, boolean admin, String hash, Instant created, Optional<String> budget) {
    private static final Pattern BUDGET = Pattern.compile("[0-9]{1,9}([.][0-9]{1,6})?(/(day|month))?");

    public ApiKey {
        boolean plain = !name.isEmpty()
                && name.length() <= 64
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
        if (budget.filter(text -> !BUDGET.matcher(text).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "the budget of a key must be an amount per day or month, such as 100/day or 2000/month");
        }
        if (!plain || name.equals("local") || name.equals("gateway")) {
            throw new IllegalArgumentException(
                    "the name of a key must be 1 to 64 characters of A-Z a-z 0-9 . _ -, and not local or gateway");
        }
    }

    public String scope() {
        return admin ? "admin" : "read";
    }

    String line() {
        return name + " " + scope() + " " + hash + " " + created
                + budget.map(text -> " " + text).orElse("");
    }
}
