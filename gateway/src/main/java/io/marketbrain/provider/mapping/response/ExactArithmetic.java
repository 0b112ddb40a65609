package io.marketbrain.provider.mapping.response;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.provider.descriptor.DescriptorObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a number before it is data; only what has an exact decimal result. In the order of the components. There is
 * no inversion, because most inverse rates have no exact decimal; the instrument has to be stated the way the provider does.
 *
 * @param decimals whether it says how many decimal places there are, so that the value is the smallest step: 2 means 0.01
 * @param absolute whether its sign is dropped, where that says something else, such as the side of a trade
 * @param factor what it is multiplied by
 * @param per the path of the amount that a price is for, such as 100 yen
 * @param operands other values of the row, such as the size of a contract or the change since the opening price
 */
record ExactArithmetic(
        boolean decimals,
        boolean absolute,
        @Nullable BigDecimal factor,
        @Nullable PayloadPath per,
        List<Operand> operands) {
    private static final int MOST_PLACES = 30;

    static final ExactArithmetic NONE = new ExactArithmetic(false, false, null, null, List.of());

    /** What is done with another value, in the order in which they are applied. */
    enum Operator {
        TIMES,
        PLUS,
        MINUS;

        BigDecimal apply(BigDecimal value, BigDecimal other) {
            return switch (this) {
                case TIMES -> value.multiply(other);
                case PLUS -> value.add(other);
                case MINUS -> value.subtract(other);
            };
        }
    }

    /** Another value of the row. */
    record Operand(Operator operator, ValueSource source) {}

    /** @param source where the number itself is */
    static ExactArithmetic read(DescriptorObject json, ValueSource source) {
        List<Operand> operands = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            String key = operator.name().toLowerCase(Locale.ROOT);
            if (json.has(key)) {
                operands.add(new Operand(operator, operand(json, key, source)));
            }
        }
        return new ExactArithmetic(
                json.flag("decimals", false),
                json.flag("absolute", false),
                json.has("factor") ? json.decimal("factor") : null,
                json.has("per") ? PayloadPath.read(json, "per") : null,
                List.copyOf(operands));
    }

    private static ValueSource operand(DescriptorObject json, String key, ValueSource source) {
        if (!json.isObject(key)) {
            return source.on(PayloadPath.read(json, key));
        }
        DescriptorObject other = json.object(key);
        ValueSource operand = ValueSource.read(other);
        other.end();
        return operand;
    }

    /** The result; empty if one of the other values is missing. */
    Optional<BigDecimal> apply(BigDecimal number, RowContext row) throws MalformedPayload {
        BigDecimal value = decimals ? step(number, row) : number;
        value = absolute ? value.abs() : value;
        value = factor == null ? value : value.multiply(factor);
        if (per != null) {
            value = dividedBy(value, per.at(row.row(), row.values()));
        }
        for (Operand operand : operands) {
            Optional<PayloadNode> other = operand.source().find(row);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            value = operand.operator().apply(value, other.get().decimal());
        }
        return Optional.of(value);
    }

    private static BigDecimal step(BigDecimal places, RowContext row) throws MalformedPayload {
        try {
            int count = places.intValueExact();
            if (Math.abs(count) <= MOST_PLACES) {
                return BigDecimal.ONE.movePointLeft(count);
            }
        } catch (ArithmeticException e) {
            // Not a whole number: said below.
        }
        throw new MalformedPayload(row.row(), " has a number of decimal places that is none");
    }

    private static BigDecimal dividedBy(BigDecimal value, PayloadNode amount) throws MalformedPayload {
        BigDecimal divisor = amount.decimal().stripTrailingZeros();
        if (divisor.unscaledValue().equals(BigInteger.ONE)) {
            // 10^n is written as 1 with the scale -n.
            return value.movePointRight(divisor.scale());
        }
        throw new MalformedPayload(amount, " is not a power of ten, so that the price has no exact decimal");
    }
}
