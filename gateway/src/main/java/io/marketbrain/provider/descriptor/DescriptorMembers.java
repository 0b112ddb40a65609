package io.marketbrain.provider.descriptor;

import io.marketbrain.json.LocatedJson;
import io.marketbrain.json.LocatedJson.Digits;
import io.marketbrain.json.LocatedJson.Member;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in a descriptor, each of the type that is asked for; anything else throws {@link InvalidDescriptor}
 * with its place. Immutable.
 *
 * @param place where the object stands
 */
record DescriptorMembers(String file, LocatedJson place, Map<String, Member> byName) {

    /** @param what names the value in the message if it is not an object, {@code otherwise} says what it must be */
    static DescriptorMembers of(String file, String what, String otherwise, LocatedJson value) {
        if (value.content() instanceof Map<?, ?> members) {
            Map<String, Member> typed = new LinkedHashMap<>();
            members.forEach((name, member) -> typed.put((String) name, (Member) member));
            return new DescriptorMembers(file, value, typed);
        }
        throw new InvalidDescriptor(file, value.line(), value.column(), what + " " + otherwise);
    }

    /** A member alone, under the name of the list that it is an item of. */
    DescriptorMembers alone(String name, LocatedJson item) {
        return new DescriptorMembers(file, item, Map.of(name, new Member(item.line(), item.column(), item)));
    }

    /** The same with members of another object, where this one has none of the name. */
    DescriptorMembers over(DescriptorMembers others) {
        var all = new LinkedHashMap<>(others.byName);
        all.putAll(byName);
        return new DescriptorMembers(file, place, all);
    }

    DescriptorMembers without(String name) {
        var rest = new LinkedHashMap<>(byName);
        rest.remove(name);
        return new DescriptorMembers(file, place, rest);
    }

    /** The value of a member that is there. */
    LocatedJson value(String name) {
        return Objects.requireNonNull(byName.get(name), name).value();
    }

    List<LocatedJson> items(String name) {
        if (value(name).content() instanceof List<?> items) {
            return items.stream().map(LocatedJson.class::cast).toList();
        }
        throw wrong(name, "must be a list");
    }

    String text(String name) {
        return text(name, value(name));
    }

    /** The texts of a list, or one text. */
    List<String> texts(String name) {
        return value(name).content() instanceof String text
                ? List.of(text)
                : items(name).stream().map(item -> text(name, item)).toList();
    }

    private String text(String name, LocatedJson value) {
        if (value.content() instanceof String text) {
            return text;
        }
        throw new InvalidDescriptor(file, value.line(), value.column(), "'" + name + "' must be text");
    }

    boolean flag(String name) {
        if (value(name).content() instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    int integer(String name, int least, int most) {
        return integer(name, value(name), least, most);
    }

    /** The whole numbers of a list, or one number. */
    List<Integer> integers(String name, int least, int most) {
        return value(name).content() instanceof Digits
                ? List.of(integer(name, least, most))
                : items(name).stream()
                        .map(item -> integer(name, item, least, most))
                        .toList();
    }

    private int integer(String name, LocatedJson value, int least, int most) {
        if (value.content() instanceof Digits(String text)) {
            try {
                int number = new BigDecimal(text).intValueExact();
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (ArithmeticException e) {
                // Not whole, or far too large: said below.
            }
        }
        throw wrong(name, "must be a whole number from " + least + " to " + most);
    }

    /** A decimal, as a number or as text. */
    BigDecimal decimal(String name) {
        Object content = value(name).content();
        String text =
                content instanceof Digits(String digits) ? digits : content instanceof String string ? string : "";
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw wrong(name, "must be a decimal number");
        }
    }

    /** The values without their places, in the order of the file. */
    Map<String, @Nullable Object> plain() {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        byName.forEach((name, member) -> {
            try {
                plain.put(name, member.value().plain());
            } catch (NumberFormatException e) {
                throw wrong(name, "has a number that is too large");
            }
        });
        return plain;
    }

    /** What is wrong with the value of {@code name}, with its place. */
    InvalidDescriptor wrong(String name, String reason) {
        Member member = byName.get(name);
        LocatedJson at = member == null ? place : member.value();
        return new InvalidDescriptor(file, at.line(), at.column(), "'" + name + "' " + reason);
    }
}
