package io.marketbrain.api.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rates that lead from one asset to another, and the amount after them. */
class ConvertedAmountTest {
    private static final ProviderId PROVIDER = new ProviderId("acme");

    private final List<String> asked = new ArrayList<>();

    private static MathContext digits(int digits) {
        return new MathContext(digits, RoundingMode.HALF_EVEN);
    }

    private static ConversionRate rate(String base, String quote, boolean inverted, String rate) {
        var provenance =
                new Provenance(PROVIDER, Mode.LIVE, null, Instant.EPOCH, Freshness.FRESH, List.of(), List.of());
        return new ConversionRate(
                Instrument.crypto(base, quote),
                inverted,
                new BigDecimal(rate),
                ConversionRate.Kind.QUOTE,
                Instant.EPOCH,
                provenance);
    }

    /** The path at a provider with these pairs. */
    private Outcome<List<ConversionRate>> path(String from, String to, Map<String, Object> pairs) {
        ConversionPath.Rates rates = (base, quote, inverted) -> {
            String pair = base + "/" + quote;
            asked.add(pair);
            return switch (pairs.get(pair)) {
                case String rate -> new PairRate.Found(rate(base, quote, inverted, rate));
                case Failure.Unsupported missing -> new PairRate.Missing(missing);
                case Failure failure -> PairRate.of(failure);
                case null, default -> new PairRate.Absent();
            };
        };
        return new ConversionPath(PROVIDER, rates).find(from, to);
    }

    private static List<ConversionRate> found(Outcome<List<ConversionRate>> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return ((Outcome.Success<List<ConversionRate>>) outcome).value();
    }

    private static Failure failure(Outcome<List<ConversionRate>> outcome) {
        return ((Outcome.Failed<List<ConversionRate>>) outcome).failure();
    }

    @Test
    void a_product_is_exact_however_many_digits_it_has() {
        var amount = ConvertedAmount.of(
                new BigDecimal("123456789.123456789"),
                List.of(rate("A", "B", false, "1.23456789012345678901"), rate("B", "C", false, "0.000000001")),
                digits(5));
        assertThat(amount.exact()).isTrue();
        assertThat(amount.value())
                .isEqualByComparingTo(new BigDecimal("123456789.123456789")
                        .multiply(new BigDecimal("1.23456789012345678901"))
                        .multiply(new BigDecimal("0.000000001")));
    }

    @Test
    void a_quotient_is_exact_where_it_has_an_end() {
        var amount = ConvertedAmount.of(new BigDecimal("100"), List.of(rate("A", "B", true, "1.25")), digits(20));
        assertThat(amount).isEqualTo(new ConvertedAmount(new BigDecimal("80"), true));
    }

    @Test
    void a_quotient_without_an_end_is_rounded_once_half_to_even() {
        var thirds = List.of(rate("B", "A", true, "3"), rate("B", "C", false, "3"));
        assertThat(ConvertedAmount.of(new BigDecimal("1"), thirds, digits(5)))
                .as("1 / 3 * 3: the division comes last")
                .isEqualTo(new ConvertedAmount(BigDecimal.ONE, true));
        var third = ConvertedAmount.of(new BigDecimal("2"), List.of(rate("B", "A", true, "3")), digits(4));
        assertThat(third).isEqualTo(new ConvertedAmount(new BigDecimal("0.6667"), false));
        var even = ConvertedAmount.of(new BigDecimal("0.25"), List.of(rate("B", "A", true, "2")), digits(2));
        assertThat(even).isEqualTo(new ConvertedAmount(new BigDecimal("0.12"), false));
    }

    @Test
    void the_pair_itself_comes_first_then_its_inverse_then_two_pairs() {
        assertThat(found(path("EUR", "USD", Map.of("EUR/USD", "1.1", "USD/EUR", "0.9"))))
                .singleElement()
                .satisfies(rate -> assertThat(rate.inverted()).isFalse());
        assertThat(found(path("USD", "EUR", Map.of("EUR/USD", "1.1"))))
                .singleElement()
                .satisfies(rate -> assertThat(rate.inverted()).isTrue());
        asked.clear();
        List<ConversionRate> both = found(path("USD", "JPY", Map.of("EUR/USD", "1.1", "EUR/JPY", "160")));
        assertThat(both).extracting(ConversionRate::from).containsExactly("USD", "EUR");
        assertThat(both).extracting(ConversionRate::to).containsExactly("EUR", "JPY");
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void the_same_asset_needs_no_rate() {
        assertThat(found(path("EUR", "EUR", Map.of()))).isEmpty();
        assertThat(asked).isEmpty();
        assertThat(ConvertedAmount.of(new BigDecimal("1.50"), List.of(), digits(5))
                        .value())
                .isEqualTo("1.50");
    }

    @Test
    void no_way_is_an_unknown_instrument_unless_a_rate_could_not_be_fetched() {
        assertThat(failure(path("EUR", "XYZ", Map.of())))
                .isEqualTo(new Failure.UnknownInstrument(
                        PROVIDER, "EUR/XYZ", List.of(), "no other rates lead from EUR to XYZ", null));
        var down = new Failure.Faulty(PROVIDER, "down");
        assertThat(failure(path("EUR", "USD", Map.of("EUR/USD", down)))).isEqualTo(down);
        var absent = new Failure.NoProviderAnswered(
                List.of(new Attempt(PROVIDER, Mode.LIVE, "unknown-instrument", "", Duration.ZERO)),
                new Failure.UnknownInstrument(PROVIDER, "EUR/USD"));
        assertThat(failure(path("EUR", "USD", Map.of("EUR/USD", absent))))
                .isInstanceOf(Failure.UnknownInstrument.class);
    }

    @Test
    void a_pair_without_a_rate_then_is_the_reason_only_on_a_path_that_exists() {
        var missing = new Failure.Unsupported(PROVIDER, "no rate of EUR/AUD");
        assertThat(failure(path("AUD", "EUR", Map.of("EUR/AUD", missing)))).isEqualTo(missing);
        assertThat(failure(path("AUD", "JPY", Map.of("EUR/AUD", missing, "EUR/JPY", "160"))))
                .isEqualTo(missing);
        assertThat(failure(path("JPY", "AUD", Map.of("EUR/AUD", missing, "EUR/JPY", "160"))))
                .isEqualTo(missing);
        var both = new Failure.Unsupported(PROVIDER, "no rate of EUR/JPY");
        assertThat(failure(path("AUD", "JPY", Map.of("EUR/AUD", missing, "EUR/JPY", both))))
                .isIn(missing, both);
        assertThat(failure(path("AUD", "QQQ", Map.of("EUR/AUD", missing))))
                .isInstanceOf(Failure.UnknownInstrument.class);
    }
}
