package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.price.PriceUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the value of a field is: where it may be missing, from which of several places it comes, and how it is calculated. */
class MappingFieldsTest {
    private static final QuoteQuery QUERY = new QuoteQuery(MappedSample.ACME, MappedSample.PAIR, null);

    private static Quote quote(String fields, String body) {
        return (Quote) MappedSample.quote(fields).data(QUERY, body);
    }

    @Test
    void a_field_that_is_missing_is_malformed_unless_it_is_optional() {
        String fields = "'price': 'p', 'bid': 'b', 'volume': {'path': 'v', 'optional': true}";
        assertThat(quote(fields, "{'p':1,'b':null}").bid()).isNull();
        assertThat(quote(fields, "{'p':1,'b':2}").volume()).isNull();
        assertThat(quote(fields, "{'p':1,'b':2,'v':3}").volume()).isEqualTo("3");
        assertThat(MappedSample.quote(fields).failure(QUERY, "{'p':1,'v':3}")).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void what_is_malformed_is_named() {
        assertThat(failure("'price': 'last'", "{'close':1}")).endsWith("$ lacks 'last'");
        assertThat(failure("'price': 'a.last'", "{'a':[{'last':1}]}")).endsWith("$.a is a list, which lacks 'last'");
        assertThat(failure("'price': 'p'", "{'p':'1,075.5'}")).endsWith("$.p is not a decimal: '1,075.5'");
        assertThat(failure("'price': 'p', 'time': {'path': 't', 'format': 'date'}", "{'p':1,'t':'2.1.2026'}"))
                .endsWith("$.t is not a time of the documented format: '2.1.2026'");
    }

    private static String failure(String fields, String body) {
        return MappedSample.quote(fields).failure(QUERY, body).message();
    }

    @Test
    void numbers_may_be_grouped_and_a_period_may_be_in_two_fields() {
        String fields =
                "'price': {'path': 'p', 'group_mark': ','}, 'time': {'path': 'y', 'time_of_day': 'm', 'format': 'period'}";
        Quote found = quote(fields, "{'p':'1,075,012.50','y':'2025','m':'M12'}");
        assertThat(found.price()).isEqualTo("1075012.50");
        assertThat(found.asOf()).isEqualTo("2025-12-01T00:00:00Z");
    }

    @Test
    void marks_are_for_texts_not_for_numbers_of_json() {
        String fields = "'price': {'path': 'p', 'decimal_mark': ',', 'group_mark': '.'}";
        assertThat(quote(fields, "{'p':'1.234,5'}").price()).isEqualTo("1234.5");
        assertThat(quote(fields, "{'p':1.234}").price()).isEqualTo("1.234");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'last':1.10}",
                "{'lastPrice':'1.10'}",
                "{'last':null,'lastPrice':1.10}",
                "{'last':'-','lastPrice':1.10}",
                "{'last':1.10,'lastPrice':2,'day':{'close':3}}",
                "{'day':{'close':1.10}}",
            })
    void the_first_of_several_paths_that_has_a_value_counts(String body) {
        String fields = "'price': {'first_of': ['last', 'lastPrice', ['day', 'close']], 'none': ['-']}";
        assertThat(quote(fields, body).price()).isEqualTo("1.10");
        assertThat(MappedSample.quote(fields).failure(QUERY, "{'close':1}")).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_path_of_several_that_breaks_off_is_malformed() {
        String fields = "'price': {'first_of': [['trade', 'price'], 'close']}";
        assertThat(quote(fields, "{'trade':null,'close':2}").price()).isEqualTo("2");
        assertThat(quote(fields, "{'trade':{},'close':2}").price()).isEqualTo("2");
        for (String trade : List.of("1.10", "[]", "[{'price':1.10}]", "'x'")) {
            assertThat(MappedSample.quote(fields).failure(QUERY, "{'trade':" + trade + ",'close':2}"))
                    .as(trade)
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void a_word_may_mean_a_number() {
        String fields = "'price': 'p', 'delay': {'path': 'd', 'values': {'DELAYED': '900', 'REAL-TIME': '0'}}";
        assertThat(quote(fields, "{'p':1,'d':'DELAYED'}").details().delay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(quote(fields, "{'p':1,'d':'REAL-TIME'}").details().delay()).isNull();
        assertThat(MappedSample.quote(fields).failure(QUERY, "{'p':1,'d':'OTHER'}"))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void what_is_calculated_is_exact() {
        String fields =
                "'price': 'p', 'open': {'path': 'p', 'minus': 'change'}, 'volume': {'path': 'buys', 'plus': 'sells'},"
                        + " 'quote_volume': {'path': 'contracts', 'times': 'size', 'factor': '0.1'}";
        Quote found = quote(
                fields,
                "{'p':'0.30','change':'-0.1','buys':0.1,'sells':0.20,'contracts':'123456789012345678901','size':3}");
        assertThat(found.open()).isEqualTo(new BigDecimal("0.40"));
        assertThat(found.volume()).isEqualTo(new BigDecimal("0.30"));
        assertThat(found.quoteVolume()).isEqualTo(new BigDecimal("37037036703703703670.3"));
        assertThat(quote(fields, "{'p':1,'change':null,'buys':1,'sells':2,'contracts':1,'size':1}")
                        .open())
                .isNull();
        assertThat(MappedSample.quote(fields).failure(QUERY, "{'p':1,'buys':1,'sells':2,'contracts':1,'size':1}"))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void a_time_may_stand_in_two_fields() {
        String fields = "'price': 'p', 'time': {'path': 'd', 'time_of_day': 't', 'format': 'uuuu-MM-dd[ HH:mm:ss]',"
                + " 'zone': 'America/New_York', 'at': '16:00', 'none': ['N/D']}";
        assertThat(quote(fields, "{'p':1,'d':'2026-01-02','t':'09:30:00'}").asOf())
                .isEqualTo(Instant.parse("2026-01-02T14:30:00Z"));
        assertThat(quote(fields, "{'p':1,'d':'2026-01-02','t':null}").asOf())
                .isEqualTo(Instant.parse("2026-01-02T21:00:00Z"));
        assertThat(quote(fields, "{'p':1,'d':'N/D','t':'N/D'}").asOf()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "day, 2026-01-02T21:00:00Z, 2026-01-02T00:00:00Z",
        "week, 2026-01-02T00:00:00Z, 2025-12-29T00:00:00Z",
        "week, 2026-01-05T00:00:00Z, 2026-01-05T00:00:00Z",
        "month, 2026-02-27T00:00:00Z, 2026-02-01T00:00:00Z"
    })
    void a_date_may_be_that_of_another_day_of_its_period_than_the_first(String period, String text, Instant start) {
        String fields = "'price': 'p', 'time': {'path': 'd', 'format': 'iso', 'start_of': '" + period + "'}";
        assertThat(quote(fields, "{'p':1,'d':'" + text + "'}").asOf()).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "day, 1602705600000, 2020-10-14T04:00:00Z",
        "day, 1602648000000, 2020-10-14T04:00:00Z",
        "day, 1602647999999, 2020-10-13T04:00:00Z",
        "month, 1602705600000, 2020-10-01T04:00:00Z"
    })
    void a_number_may_be_another_time_of_its_period_than_the_start(String period, String number, Instant start) {
        String fields = "'price': 'p', 'time': {'path': 'd', 'format': 'millis', 'start_of': '" + period
                + "', 'zone': 'America/New_York'}";
        assertThat(quote(fields, "{'p':1,'d':" + number + "}").asOf()).isEqualTo(start);
    }

    @Test
    void a_time_may_be_the_end_of_a_candle() {
        String number = "'price': 'p', 'time': {'path': 'd', 'format': 'seconds', 'end_of': '30m'}";
        String text = "'price': 'p', 'time': {'path': 'd', 'format': 'iso', 'end_of': '1d'}";
        assertThat(quote(number, "{'p':1,'d':1782777600}").asOf()).isEqualTo(Instant.parse("2026-06-29T23:30:00Z"));
        assertThat(quote(text, "{'p':1,'d':'2026-06-30T00:00:00Z'}").asOf())
                .isEqualTo(Instant.parse("2026-06-29T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{'p':0}", "{'p':'0.000'}", "{'p':null}", "{'p':'N/D'}"})
    void a_price_that_is_documented_as_absent_is_no_broken_provider(String body) {
        assertThat(MappedSample.quote("'price': {'path': 'p', 'none': ['N/D']}").failure(QUERY, body))
                .isInstanceOf(Failure.Unsupported.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'s':'ETH-USD','p':1},{'s':'BTC-USD','p':2}] | ",
                "[{'s':'ETH-USD','p':1}] | UnknownInstrument",
                "[{'s':'BTC-USD','p':0.00}] | UnknownInstrument",
                "[] | UnknownInstrument",
                "null | UnknownInstrument",
                "[{'p':1}] | Malformed",
                "{} | Malformed",
            })
    void one_instrument_is_chosen_of_a_list_of_all(String body, String failure) {
        MappedSample sample = MappedSample.of("quote").response("""
            {'rows': {'path': '', 'where': {'s': '{symbol}'}, 'optional': true}, 'skip_incomplete': true,
             'empty': 'unknown_instrument', 'fields': {'price': {'path': 'p', 'none': ['0']}}}
            """);
        if (failure == null) {
            assertThat(((Quote) sample.data(QUERY, body)).price()).isEqualTo("2");
        } else {
            assertThat(sample.failure(QUERY, body).getClass().getSimpleName()).isEqualTo(failure);
        }
    }

    @Test
    void a_check_may_look_below_the_surface() {
        MappedSample sample = MappedSample.of("quote").response("""
            {'check': {'meta.symbol': ['{symbol}', '{base|lower}']}, 'rows': {'path': '', 'shape': 'one'},
             'fields': {'price': 'p'}}
            """);
        assertThat(((Quote) sample.data(QUERY, "{'meta':{'symbol':'btc'},'p':2}")).price())
                .isEqualTo("2");
        assertThat(sample.failure(QUERY, "{'meta':{'symbol':'ETH-USD'},'p':2}")).isInstanceOf(Failure.Untrusted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'code':'0','p':1} | ",
                "{'code':'51001','p':1} | UnknownInstrument",
                "{'code':'50000','p':1} | Faulty",
                "Exceeded the daily limit | Throttled",
            })
    void an_error_may_be_every_code_but_one_or_a_plain_text(String body, String failure) {
        MappedSample sample = MappedSample.quote("'price': 'p'").errors("""
            {'body': ['Exceeded'], 'failure': 'throttled'},
            {'path': 'code', 'equals': ['51001'], 'failure': 'unknown_instrument'},
            {'path': 'code', 'except': ['0'], 'failure': 'faulty'}
            """);
        if (failure == null) {
            assertThat(((Quote) sample.data(QUERY, body)).price()).isEqualTo("1");
        } else {
            assertThat(sample.failure(QUERY, body).getClass().getSimpleName()).isEqualTo(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCESS-PASSPHRASE is required", "invalid Passphrase"})
    void the_case_of_what_an_error_contains_does_not_count(String message) {
        MappedSample sample = MappedSample.quote("'price': 'p'")
                .errors("{'path': 'message', 'contains': 'Passphrase', 'failure': 'throttled'}");
        assertThat(sample.failure(QUERY, "{'message':'" + message + "'}")).isInstanceOf(Failure.Throttled.class);
    }

    @ParameterizedTest
    @CsvSource({"GBp, GBp, GBP, 0.01", "usd, USD, USD, 1", "ILA, ILA, ILS, 0.01", "'', USD, USD, 1"})
    void the_unit_of_prices_is_the_one_that_the_provider_names(
            String sent, String unit, String currency, BigDecimal scale) {
        var security = new Instrument(AssetType.STOCK, "VOD", "USD", null, "XLON");
        Quote found = (Quote) MappedSample.quote("'price': 'p', 'currency': 'c'")
                .data(new QuoteQuery(MappedSample.ACME, security, null), "{'p':'72.34','c':'" + sent + "'}");
        assertThat(found.price()).isEqualTo(new BigDecimal("72.34"));
        assertThat(found.listing().priceUnit()).isEqualTo(unit);
        assertThat(found.listing().instrument().quote()).isEqualTo(currency);
        assertThat(PriceUnit.scale(found.listing().priceUnit())).isEqualTo(scale);
    }

    @Test
    void the_currency_of_a_pair_is_part_of_the_pair() {
        assertThat(quote("'price': 'p', 'currency': 'c'", "{'p':1,'c':'EUR'}")
                        .listing()
                        .priceUnit())
                .isEqualTo("USD");
    }
}
