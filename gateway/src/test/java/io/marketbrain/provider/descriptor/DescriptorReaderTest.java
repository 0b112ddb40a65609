package io.marketbrain.provider.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.CandlePaging;
import io.marketbrain.model.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors are read strictly, and what is wrong is said with file, line and column. */
class DescriptorReaderTest {
    private static final String GOOD = """
            {
              "id": "acme",
              "name": "Acme",
              "exchange": "Acme Markets",
              "mic": "XACM",
              "zone": "America/New_York",
              "asset_types": ["stock", "fund", "rate", "macro", "news"],
              "hosts": {
                "main": ["https://a.example", "https://b.example/v1"],
                "data": "https://data.example"
              },
              "operations": {
                "quote": {"weight": 3},
                "series": {"host": "data", "payload": "csv"},
                "news": {"method": "post", "repeatable": true, "payload": "xml"}
              },
              "limits": {
                "connections": 2,
                "rates": [{"amount": 5, "per_seconds": 60, "counts": "calls"}]
              },
              "examples": ["AAPL"]
            }
            """;

    private static Descriptor read(String text) {
        return DescriptorReader.read("acme.json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The good descriptor with one text replaced. */
    private static void assertRefused(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> read(GOOD.replace(from, to)))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessage(message);
    }

    @Test
    void a_provider_has_several_asset_types_hosts_and_terms() {
        Descriptor acme = read(GOOD);
        assertThat(acme.assetTypes())
                .containsExactly(AssetType.STOCK, AssetType.FUND, AssetType.RATE, AssetType.MACRO, AssetType.NEWS);
        assertThat(acme.venue().mic()).contains("XACM");
        assertThat(acme.venue().zone()).isEqualTo("America/New_York");
        assertThat(acme.hosts().byName().get("main"))
                .containsExactly(URI.create("https://a.example"), URI.create("https://b.example/v1"));
        assertThat(acme.operations()).containsExactlyInAnyOrder(Operation.QUOTE, Operation.SERIES, Operation.NEWS);
        assertThat(acme.terms(Operation.QUOTE).weight()).isEqualTo(3);
        assertThat(acme.terms(Operation.SERIES))
                .isEqualTo(new OperationTerms(1, "data", RequestMethod.GET, true, PayloadKind.CSV));
        assertThat(acme.terms(Operation.NEWS))
                .isEqualTo(new OperationTerms(1, "main", RequestMethod.POST, true, PayloadKind.XML));
        assertThat(acme.limits().maxConnections()).isEqualTo(2);
        assertThat(acme.limits().candlePaging()).isEqualTo(CandlePaging.NONE);
        assertThat(acme.authentication()).isEqualTo(new Authentication.None());
        assertThat(acme.examples()).containsExactly("AAPL");
    }

    @Test
    void limits_may_be_missing_where_nothing_offered_needs_one() {
        String without = GOOD.replaceAll("(?s)\"limits\": \\{.*?\\},\n *\"examples\"", "\"examples\"");
        assertThat(without).doesNotContain("limits");
        assertThat(read(without).limits().rates()).isEmpty();
        assertThatThrownBy(() -> read(without.replace("\"quote\": {", "\"trades\": {")))
                .hasMessage("acme.json:1:1: the key 'trades_per_call' is missing");
    }

    @Test
    void a_provider_can_lengthen_how_long_the_data_of_an_operation_is_fresh() {
        Descriptor acme = read(GOOD.replace("{\"weight\": 3}", "{\"weight\": 3, \"min_ttl_seconds\": 600}"));
        assertThat(acme.terms(Operation.QUOTE).minTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(acme.terms(Operation.SERIES).minTtl()).isZero();
        assertRefused(
                "{\"weight\": 3}",
                "{\"min_ttl_seconds\": 0.5}",
                "acme.json:13:34: 'min_ttl_seconds' must be a whole number from 0 to 2592000");
    }

    @Test
    void an_unknown_key_is_refused_with_its_place_and_the_nearest_valid_one() {
        assertRefused(
                "\"exchange\"",
                "\"exchnage\"",
                "acme.json:4:3: the key 'exchange' is missing; is 'exchnage' meant to be it?");
        assertRefused("\"exchange\"", "\"x\"", "acme.json:1:1: the key 'exchange' is missing");
        assertRefused("\"mic\"", "\"mci\"", "acme.json:5:3: unknown key 'mci'; did you mean 'mic'?");
        assertRefused(
                "{\"weight\": 3}", "{\"wieght\": 3}", "acme.json:13:15: unknown key 'wieght'; did you mean 'weight'?");
        assertRefused(
                "\"connections\": 2",
                "\"conections\": 2",
                "acme.json:18:5: unknown key 'conections'; did you mean 'connections'?");
        assertRefused(
                "\"amount\": 5",
                "\"amount\": 5, \"zzz\": 1",
                "acme.json:19:29: unknown key 'zzz'; allowed are amount, per_seconds, counts");
        assertRefused("\"series\": {", "\"serie\": {", "acme.json:14:5: unknown key 'serie'; did you mean 'series'?");
    }

    @Test
    void a_text_that_could_mislead_is_refused_with_its_place() {
        assertRefused(
                "\"name\": \"Acme\"",
                "\"name\": \"Acme\\u202e\"",
                "acme.json:3:11: 'name' has a character that is not allowed: U+202E");
        assertRefused("\"name\": \"Acme\"", "\"name\": \"\"", "acme.json:3:11: 'name' is empty");
        assertRefused(
                "\"name\": \"Acme\"",
                "\"name\": \"" + "A".repeat(129) + "\"",
                "acme.json:3:11: 'name' is longer than 128 characters");
        assertRefused("[\"AAPL\"]", "[\"=AAPL\"]", "acme.json:21:15: 'examples' begins like a formula");
    }

    @Test
    void a_value_of_the_wrong_type_is_refused_with_its_place() {
        assertRefused("\"name\": \"Acme\"", "\"name\": 7", "acme.json:3:11: 'name' must be text");
        assertRefused(
                "[\"stock\",",
                "[\"stok\",",
                "acme.json:7:18: 'asset_types' has 'stok', but must be one of"
                        + " crypto, stock, etf, fx, commodity, index, fund, rate, macro, news");
        assertRefused("[\"AAPL\"]", "{}", "acme.json:21:15: 'examples' must be a list");
        assertRefused("[\"AAPL\"]", "[1]", "acme.json:21:16: 'examples' must be text");
        assertRefused(
                "\"weight\": 3",
                "\"weight\": 1.5",
                "acme.json:13:25: 'weight' must be a whole number from 1 to 1000000");
        assertRefused(
                "\"weight\": 3", "\"weight\": 0", "acme.json:13:25: 'weight' must be a whole number from 1 to 1000000");
        assertRefused(
                "\"repeatable\": true", "\"repeatable\": 1", "acme.json:15:46: 'repeatable' must be true or false");
        assertRefused(
                "\"America/New_York\"",
                "\"Mars\"",
                "acme.json:6:11: 'zone' must be an IANA time zone, such as UTC or America/New_York");
        assertRefused("\"XACM\"", "\"xacm\"", "acme.json:5:10: 'mic' must be four capital letters or digits");
        assertRefused(
                "\"https://data.example\"",
                "\"data.example\"",
                "acme.json:10:13: 'data' must be one or more of http(s)://host[:port][/path]");
        assertRefused(
                "\"host\": \"data\"",
                "\"host\": \"date\"",
                "acme.json:14:24: 'host' is 'date', but there is no such host in 'hosts'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "splits", "funding_rate"})
    void an_id_that_begins_the_id_of_a_series_is_refused(String id) {
        assertRefused(
                "\"acme\"",
                "\"" + id + "\"",
                "acme.json:2:9: 'id' is a kind of series: '" + id
                        + ":BTC-USD' would name a series, not a symbol of this provider");
    }

    @Test
    void what_an_operation_needs_must_be_there() {
        assertRefused("\"quote\": {\"weight\": 3}", "\"book\": {}", "acme.json:17:13: the key 'book_depth' is missing");
        assertRefused("\"main\": [", "\"man\": [", "acme.json:8:12: 'hosts' is not complete: there is no host 'main'");
        assertRefused(
                "\"payload\": \"csv\"",
                "\"repeatable\": false",
                "acme.json:14:46: 'repeatable' must be true for a GET");
    }

    @Test
    void what_is_not_one_json_document_is_refused_with_its_place() {
        assertThatThrownBy(() -> read("{\n  \"id\": }")).hasMessageStartingWith("acme.json:2:9: not valid JSON: ");
        assertThatThrownBy(() -> read("{\"id\": \"acme\"")).hasMessageEndingWith("expected close marker for Object");
        assertThatThrownBy(() -> read("")).hasMessage("acme.json:1:1: the file is empty");
        assertThatThrownBy(() -> read("[]")).hasMessage("acme.json:1:1: the descriptor must be an object");
        assertThatThrownBy(() -> read("{}\n{}")).hasMessage("acme.json:2:1: the file goes on after the JSON document");
        assertThatThrownBy(() -> read("{\"id\": \"a\",\n \"id\": \"b\"}"))
                .hasMessage("acme.json:2:2: the key 'id' appears twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\": \"header\", \"name\": \"X-KEY\", \"key_setting\": \"K\"} | HeaderKey[header=X-KEY, prefix=]",
                "{\"type\": \"bearer\", \"key_setting\": \"K\"}   | HeaderKey[header=Authorization, prefix=Bearer ]",
                "{\"type\": \"headers\", \"key_header\": \"X-KEY\", \"secret_header\": \"X-SECRET\", \"key_setting\": \"K\","
                        + " \"secret_setting\": \"S\"} | HeaderPair[keyHeader=X-KEY, secretHeader=X-SECRET]",
                "{\"type\": \"query\", \"name\": \"apikey\", \"key_setting\": \"K\"} | QueryKey[parameter=apikey]",
                "{\"type\": \"basic\", \"key_setting\": \"K\"} | BasicLogin[]"
            })
    void credentials_are_carried_as_the_descriptor_says(String json, String expected) {
        Descriptor acme = read(GOOD.replace("\"examples\"", "\"authentication\": " + json + ", \"examples\""));
        assertThat(acme.authentication().toString().strip()).isEqualTo(expected.strip());
        assertThat(acme.keySetting()).contains("K");
    }

    @Test
    void a_signature_needs_a_secret_and_a_time_if_that_is_signed() {
        String signed = """
                "authentication": {"type": "hmac", "key_setting": "K", "key_header": "X-KEY",
                  "signed": ["time", "query"], "signature": {"parameter": "signature"}}, "examples\"""";
        assertRefused(
                "\"examples\"", signed, "acme.json:21:21: 'secret_setting' is missing: a signature needs a secret");
        assertRefused(
                "\"examples\"",
                signed.replace("\"key_header\"", "\"secret_setting\": \"S\", \"key_header\""),
                "acme.json:21:21: 'time' is missing: 'signed' names it");
    }

    @Test
    void a_limit_of_another_operation_is_not_taken_for_one_that_is_missing() {
        String candles = GOOD.replace("\"series\": {", "\"candles\": {}, \"series\": {")
                .replace("\"limits\": {", "\"intervals\": [\"1d\"], \"limits\": {\"trades_per_call\": 5, ");
        assertThatThrownBy(() -> read(candles))
                .isInstanceOf(InvalidDescriptor.class)
                .hasMessageEndingWith("the key 'candles_per_call' is missing");
    }

    @Test
    void a_prefix_that_no_header_can_carry_is_refused() {
        assertRefused(
                "\"examples\"",
                "\"authentication\": {\"type\": \"header\", \"name\": \"X\", \"prefix\": \"a\\nb\", \"key_setting\": \"K\"},"
                        + " \"examples\"",
                "acme.json:21:63: 'prefix' must be printable ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binance", "boc", "cnb", "coinbase", "ecb", "frankfurter", "kraken", "mock", "nbp"})
    void the_built_in_descriptors_are_right(String id) {
        assertThat(DescriptorReader.builtIn(id).id().value()).isEqualTo(id);
    }
}
