package io.marketbrain.provider.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.ListedSymbol.Delisting;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.provider.descriptor.InvalidDescriptor;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Lists of instruments in each of the forms that providers use. */
class MappedSymbolsTest {
    private static final SymbolsQuery ALL = new SymbolsQuery(MappedSample.ACME);

    private static Symbols read(String response, String body) {
        return (Symbols) MappedSample.of("symbols").response(response).data(ALL, body);
    }

    private static ListedSymbol listed(String symbol, String base, String quote) {
        return new ListedSymbol(symbol, Instrument.crypto(base, quote));
    }

    @Test
    void rows_have_codes_and_those_that_are_not_traded_are_left_out() {
        String response = """
                {'rows': {'path': 'data', 'where': {'status': ['online', 'new']}, 'unless': {'kind': 'test'}},
                 'fields': {'symbol': 'id', 'base': 'b', 'quote': 'q'}}
                """;
        String body = """
                {'data':[{'id':'btcusd','b':'btc','q':'usd','status':'online'},
                  {'id':'eth_usd','b':'ETH','q':'USD','status':'new','kind':null},
                  {'id':'x','b':'X','q':'USD','status':'offline'},
                  {'id':'t','b':'T','q':'USD','status':'online','kind':'test'},
                  {'id':'bad','b':'','q':'USD','status':'online'},
                  {'id':'none','b':null,'q':'USD','status':'online'}]}
                """;
        Symbols found = read(response, body);
        assertThat(found.symbols()).containsExactly(listed("btcusd", "BTC", "USD"), listed("eth_usd", "ETH", "USD"));
        assertThat(found.rejected()).isEqualTo(2);
    }

    @Test
    void a_list_of_symbols_alone_is_read_by_the_symbol_rules() {
        Symbols found = read("{'rows': {'path': ''}, 'fields': {'symbol': ''}}", "['BTC-USD','ETH-USD','?']");
        assertThat(found.symbols()).containsExactly(listed("BTC-USD", "BTC", "USD"), listed("ETH-USD", "ETH", "USD"));
        assertThat(found.rejected()).isEqualTo(1);
    }

    @Test
    void the_names_of_members_may_be_the_symbols() {
        Symbols found = read(
                "{'rows': {'path': 'r', 'shape': 'map'}, 'fields': {'symbol': '@key', 'base': 'b', 'quote': {'value': 'EUR'}}}",
                "{'r':{'A1':{'b':'BTC'}}}");
        assertThat(found.symbols()).containsExactly(listed("A1", "BTC", "EUR"));
    }

    @Test
    void rows_may_say_what_kind_of_instrument_they_are() {
        String response = """
                {'rows': {'path': ''}, 'fields': {'base': 't', 'quote': 'c', 'mic': {'path': 'm', 'optional': true},
                  'type': {'path': 'k', 'values': {'Common Stock': 'stock', 'ETF': 'etf', '*': 'other'}}}}
                """;
        Symbols found = read(response, """
                [{'t':'AAPL','c':'USD','m':'XNAS','k':'Common Stock'},{'t':'SPY','c':'USD','k':'ETF'},
                 {'t':'W','c':'USD','k':'Warrant'}]
                """);
        assertThat(found.symbols())
                .extracting(ListedSymbol::instrument)
                .containsExactly(
                        new Instrument(AssetType.STOCK, "AAPL", "USD", null, "XNAS"),
                        new Instrument(AssetType.ETF, "SPY", "USD", null, null));
        assertThat(found.rejected()).isEqualTo(1);
    }

    @Test
    void a_symbol_may_be_a_part_of_the_text_that_the_rules_read() {
        Symbols found = read(
                "{'rows': {'path': '', 'unless': {'@key': 'USD'}, 'shape': 'map'}, 'fields': {'symbol': {'path': '@key', 'after': '-USD'}}}",
                "{'BTC':'Bitcoin','USD':'US Dollar'}");
        assertThat(found.symbols()).containsExactly(listed("BTC-USD", "BTC", "USD"));
    }

    @Test
    void what_is_no_longer_traded_says_so_and_since_when() {
        String response = """
                {'rows': {'path': ''}, 'fields': {'symbol': 's', 'delisted': {'path': 'd', 'optional': true, 'none': ['null']}}}
                """;
        Symbols found = read(response, """
                [{'s':'BTC-USD'},{'s':'ETH-USD','d':'null'},{'s':'LUNA-USD','d':'2022-05-13T00:00:00Z'},{'s':'FTT-USD','d':'yes'}]
                """);
        assertThat(found.symbols()).extracting(ListedSymbol::isDelisted).containsExactly(false, false, true, true);
        assertThat(found.symbols().get(2).facts().delisting()).isEqualTo(new Delisting(LocalDate.parse("2022-05-13")));
        assertThat(found.symbols().get(3).facts().delisting()).isEqualTo(new Delisting(null));
    }

    @Test
    void a_list_may_have_a_page_that_no_response_names() {
        MappedSample sample = MappedSample.of("symbols")
                .request("{'path': '/list', 'optional': {'state': '{page}'}}")
                .response("{'rows': {'path': ''}, 'next': {'last': 'delisted'}, 'fields': {'symbol': ''}}");
        assertThat(((Symbols) sample.data(ALL, "['BTC-USD']")).next()).isEqualTo("delisted");
        var last = ALL.continuedAt("delisted");
        assertThat(((Symbols) sample.data(last, "['ETH-USD']")).next()).isNull();
        assertThat(sample.requests.getFirst().parameters()).isEmpty();
        assertThat(sample.requests.getLast().parameters()).containsEntry("state", "delisted");
    }

    @Test
    void the_next_page_may_be_named_by_an_address_which_must_be_encoded() {
        MappedSample sample = MappedSample.of("symbols")
                .request("{'path': '/list', 'optional': {'cursor': '{page}'}}")
                .response("""
                        {'rows': {'path': 'data'}, 'next': {'path': 'next', 'parameter': 'cursor'}, 'fields': {'symbol': ''}}
                        """);
        String page = "{'next':'https://x.example/?cursor=%s','data':['BTC-USD']}";
        assertThat(((Symbols) sample.data(ALL, page.formatted("a%2Fb"))).next()).isEqualTo("a/b");
        Failure failure = sample.failure(ALL, page.formatted("%G1"));
        assertThat(failure).isInstanceOf(Failure.Malformed.class);
        assertThat(failure.message()).contains("the address of the next page is not encoded");
    }

    @Test
    void pages_may_be_requested_by_the_number_of_instruments_before_them() {
        MappedSample sample = MappedSample.of("symbols")
                .request("{'path': '/list', 'optional': {'offset': '{page}'}}")
                .response("{'rows': {'path': 'data'}, 'next': {'total': 'total'}, 'fields': {'symbol': ''}}");
        Symbols first = (Symbols) sample.data(ALL, "{'total':3,'data':['BTC-USD','ETH-USD']}");
        assertThat(first.next()).isEqualTo("2");
        var second = ALL.continuedAt("2");
        assertThat(((Symbols) sample.data(second, "{'total':3,'data':['SOL-USD']}")).next())
                .isNull();
        assertThat(((Symbols) sample.data(second, "{'total':9,'data':[]}")).next())
                .as("an empty page is the last one")
                .isNull();
        assertThat(sample.requests.get(1).parameters()).containsEntry("offset", "2");
    }

    @Test
    void rows_that_are_left_out_count_as_those_before_the_next_page() {
        MappedSample sample = MappedSample.of("symbols")
                .request("{'path': '/list', 'optional': {'offset': '{page}'}}")
                .response("""
                        {'rows': {'path': 'data', 'unless': {'kind': 'test'}}, 'skip_incomplete': true,
                         'next': {'total': 'total'}, 'fields': {'symbol': 's'}}
                        """);
        Symbols first = (Symbols)
                sample.data(ALL, "{'total':4,'data':[{'s':'BTC-USD'},{'s':'T-USD','kind':'test'},{'s':null}]}");
        assertThat(first.symbols()).hasSize(1);
        assertThat(first.next()).isEqualTo("3");
        var last = ALL.continuedAt("3");
        assertThat(((Symbols) sample.data(last, "{'total':4,'data':[{'s':'ETH-USD','kind':'test'}]}")).next())
                .isNull();
    }

    @Test
    void steps_are_numbers_or_decimal_places_and_one_that_cannot_be_read_is_none() {
        String response = """
                {'rows': {'path': ''}, 'fields': {'symbol': 's', 'tick': {'path': 'p', 'decimals': true, 'times': 'step'}, 'lot': 'l'}}
                """;
        Symbols found = read(response, """
                [{'s':'BTC-USD','p':1,'step':'5','l':'0.001'},{'s':'ETH-USD','p':'0','step':1,'l':0},
                {'s':'SOL-USD','p':'many','step':1,'l':-1},{'s':'ADA-USD'}]
                """);
        assertThat(found.symbols())
                .extracting(one -> one.facts() == null ? null : one.facts().tick())
                .containsExactly(new BigDecimal("0.5"), BigDecimal.ONE, null, null);
        assertThat(found.symbols())
                .extracting(one -> one.facts() == null ? null : one.facts().lot())
                .containsExactly(new BigDecimal("0.001"), null, null, null);
    }

    @Test
    void a_row_without_a_documented_member_is_malformed() {
        MappedSample sample =
                MappedSample.of("symbols").response("{'rows': {'path': ''}, 'fields': {'base': 'b', 'quote': 'q'}}");
        assertThat(sample.failure(ALL, "[{'b':'BTC'}]")).isInstanceOf(Failure.Malformed.class);
        assertThat(sample.failure(ALL, "[{'b':'?','q':'USD'}]")).isInstanceOf(Failure.Malformed.class);
        assertThat(((Symbols) sample.data(ALL, "[]")).symbols()).isEmpty();
    }

    @Test
    void a_list_needs_symbols_or_codes() {
        MappedSample sample = MappedSample.of("symbols").response("{'rows': {'path': ''}, 'fields': {'base': 'b'}}");
        assertThatThrownBy(() -> sample.fetch(ALL, "[]"))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageContaining("'symbol' or 'base' and 'quote' are missing");
    }
}
