package io.marketbrain.provider.mapping.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.json.PayloadLimits;
import io.marketbrain.payload.NumberMarks;
import io.marketbrain.payload.PayloadNode;
import io.marketbrain.payload.PayloadRow;
import io.marketbrain.payload.PayloadText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The place of a row is not looked for before somebody asks what is wrong: that takes time for each row before it. */
class RowsWithoutPlacesTest {
    private static final NumberMarks COMMA = new NumberMarks(',', NumberMarks.NONE);

    /** A row with one text, whose place nobody may ask for. */
    private record Placeless(String written) implements PayloadRow {
        @Override
        public List<PayloadNode> named(String step) {
            return List.of();
        }

        @Override
        public String text() {
            return written;
        }

        @Override
        public String place() {
            throw new AssertionError("nothing is wrong");
        }

        @Override
        public String toString() {
            return place();
        }
    }

    @Test
    void an_item_within_a_member_is_read_without_its_place() throws MalformedPayload {
        var item = new Placeless("1");
        PayloadNode row = DerivedRow.within(item, item);
        assertThat(row.named("price")).isEmpty();
        assertThat(row.isNull()).isFalse();
    }

    @Test
    void a_number_with_a_decimal_mark_is_read_without_its_place() throws MalformedPayload {
        assertThat(PayloadText.decimal(new Placeless("1,50"), COMMA, PayloadLimits.defaults()))
                .isEqualByComparingTo("1.5");
        PayloadNode named = PayloadText.of("1.50", "row 7", PayloadLimits.defaults());
        assertThatThrownBy(() -> PayloadText.decimal(named, COMMA, PayloadLimits.defaults()))
                .hasMessage("row 7 is not a decimal: '1.50'");
    }

    @Test
    void a_failure_that_nobody_reads_has_no_place_yet() {
        assertThatThrownBy(() -> PayloadText.decimal(new Placeless("n/a"), COMMA, PayloadLimits.defaults()))
                .isInstanceOf(MalformedPayload.class)
                .satisfies(failure -> assertThatThrownBy(failure::getMessage).isInstanceOf(AssertionError.class));
    }
}
