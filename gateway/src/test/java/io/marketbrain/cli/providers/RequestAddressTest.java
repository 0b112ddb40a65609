package io.marketbrain.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request and the address of a saved response have in common. */
class RequestAddressTest {
    private static final RequestAddress BOOK =
            request("https://api.example/v2/book/BTC-USD?limit=100&currency=USD", "BTC-USD", "BTC", "USD");

    private static RequestAddress request(String address, String... names) {
        return new RequestAddress(address(address), Set.of(names));
    }

    private static SampleAddress address(String address) {
        return SampleAddress.find(address).orElseThrow();
    }

    @Test
    void the_request_for_the_same_symbol_is_the_most_alike() {
        SampleAddress saved = address("https://example.org/v2/book/ETH-USD?limit=5");
        int same = request("https://api.example/v2/book/ETH-USD?limit=100", "ETH-USD")
                .likeness(saved, _ -> false);
        assertThat(same)
                .isGreaterThan(request("https://api.example/v2/book/BTC-USD?limit=100", "BTC-USD")
                        .likeness(saved, _ -> false))
                .isGreaterThan(request("https://api.example/v2/book/BOOK?limit=100", "BOOK")
                        .likeness(saved, _ -> false));
    }

    @Test
    void a_value_counts_under_another_name_and_in_a_list() {
        SampleAddress saved = address("https://example.org/ticker?pairs=ethusd,solusd");
        assertThat(request("https://api.example/quotes?symbol=SOL-USD", "SOL-USD")
                        .likeness(saved, _ -> false))
                .isGreaterThan(request("https://api.example/quotes?symbol=ADA-USD", "ADA-USD")
                        .likeness(saved, _ -> false));
    }

    @Test
    void another_name_counts_less_than_the_name_itself_and_more_than_its_first_letters() {
        SampleAddress saved = address("https://example.org/public/Ticker?pair=BTCUSD");
        int alias = request("https://api.example/public/Ticker?pair=XBTUSD", "XBTUSD", "BTC", "USD")
                .likeness(saved, "BTCUSD"::equals);
        assertThat(alias)
                .isLessThan(request("https://api.example/public/Ticker?pair=BTCUSD", "BTCUSD")
                        .likeness(saved, "BTCUSD"::equals))
                .isGreaterThan(request("https://api.example/public/Ticker?pair=BTCUSDTICKER", "BTCUSDTICKER")
                        .likeness(saved, _ -> false));
    }

    @Test
    void minutes_and_months_differ_also_within_a_segment() {
        SampleAddress months = address("https://example.org/candles/trade:1M:tBTCUSD/hist");
        assertThat(request("https://api.example/candles/trade:1M:tBTCUSD/hist", "tBTCUSD")
                        .likeness(months, _ -> false))
                .isGreaterThan(request("https://api.example/candles/trade:1m:tBTCUSD/hist", "tBTCUSD")
                        .likeness(months, _ -> false));
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example/v2/book/SOL-EUR, true",
        "https://other.example/V2/book/SOL-EUR/?x=1, true",
        "https://other.example/v2/trades/BTC-USD, false",
        "https://other.example/v2/book, false",
    })
    void hosts_symbols_and_case_do_not_make_another_path(String saved, boolean same) {
        assertThat(BOOK.hasPathOf(address(saved))).isEqualTo(same);
    }

    @Test
    void numbers_and_dates_do_not_make_another_path() {
        assertThat(request("https://a.example/range/1/2026-01-01/1768000000", "X")
                        .hasPathOf(address("https://a.example/range/5/2020-06-17/2020-07-01")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example/v2/book/BTC-USD?currency=USD&limit=7, false",
        "https://other.example/v2/book/btcusd, false",
        "https://other.example/v2/book/BTC-USD?currency=EUR, true",
        "https://other.example/v2/book/SOL-USD, true",
        "https://other.example/v3/books/SOL-USD, false",
        "'https://other.example/v2/book/SOL-USD,BTC-USD', false",
        "https://other.example/v2/book/XBTUSD, false",
    })
    void an_address_that_names_another_instrument_is_known(String saved, boolean other) {
        assertThat(BOOK.isOfAnother(address(saved), "XBTUSD"::equals)).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"M.USD.EUR, false", "M..EUR, false", "*.USD+CHF.EUR, false", "M.CHF.EUR, true", "M.USD, true"})
    void the_key_of_several_series_names_each_of_them(String saved, boolean other) {
        RequestAddress request = request("https://a.example/data/EXR/M.USD.EUR", "EXR/M.USD.EUR", "EXR", "M.USD.EUR");
        assertThat(request.isOfAnother(address("https://b.example/data/EXR/" + saved), _ -> false))
                .isEqualTo(other);
    }
}
