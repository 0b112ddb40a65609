package io.marketbrain.facade.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.facade.NpmPackages;
import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flat prices as portfolio programs read them, on a complete gateway. */
class PortfolioTest {
    private static TestGateway gateway;
    private static FacadeClient portfolio;
    private static FacadeClient own;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = TestGateway.with(folder, "MOCK_CLOCK", "2024-02-21T09:00:00Z");
        portfolio = new FacadeClient(gateway.port(), "/portfolio");
        own = new FacadeClient(gateway.port(), "");
    }

    @AfterAll
    static void stop() {
        portfolio.close();
        own.close();
        gateway.close();
    }

    /** What a path such as {@code $[*].close} selects. */
    private static List<String> column(JsonValue rows, String name) throws MalformedPayload {
        var column = new ArrayList<String>();
        for (JsonValue row : rows.items()) {
            if (row.find(name).isPresent()) {
                column.add(row.at(name).text());
            }
        }
        return column;
    }

    @Test
    void paths_to_dates_and_closes_give_lists_of_equal_length() throws MalformedPayload {
        JsonValue rows = portfolio.json("/daily/yahoo/AAPL?from=2024-01-01&to=2024-02-01");
        List<String> dates = column(rows, "date");
        assertThat(dates)
                .hasSize(21)
                .hasSameSizeAs(column(rows, "close"))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(dates.getFirst()).isEqualTo("2024-01-02"); // the first trading day
        for (String date : dates) {
            assertThat(LocalDate.parse(date)).hasToString(date);
        }
        assertThat(rows.at(0).at("close").kind()).isEqualTo(JsonKind.NUMBER);
        assertThat(rows.at(0).at("mock").bool()).isTrue();
    }

    @Test
    void digits_are_those_of_our_own_candles() throws MalformedPayload {
        List<String> closes = new ArrayList<>();
        for (JsonValue candle : own.json("/api/v1/candles/binance/BTCUSDT?interval=1d&limit=5")
                .at("data")
                .at("candles")
                .items()) {
            closes.add(candle.at("close").text());
        }
        assertThat(column(portfolio.json("/daily/binance/BTCUSDT?limit=5"), "close"))
                .isEqualTo(closes);
    }

    @Test
    void the_day_of_a_stock_is_the_day_at_its_exchange_and_that_of_our_own_candles() throws MalformedPayload {
        JsonValue candles = own.json("/api/v1/candles/yahoo/AAPL?interval=1d&limit=5")
                .at("data")
                .at("candles");
        List<String> days = column(candles, "session_date");
        assertThat(days).contains("2024-02-16", "2024-02-20").doesNotContain("2024-02-19", "2024-02-18", "2024-02-17");
        assertThat(column(portfolio.json("/daily/yahoo/AAPL?limit=5"), "date")).isEqualTo(days);
    }

    @Test
    void pence_become_pounds() throws MalformedPayload {
        JsonValue row = portfolio.json("/daily/yahoo/VOD.L?limit=1").at(0);
        JsonValue candle =
                own.json("/api/v1/candles/yahoo/VOD.L?interval=1d&limit=1").at("data");
        assertThat(row.at("currency").text()).isEqualTo("GBP");
        assertThat(candle.at("price_unit").text()).isEqualTo("GBp");
        assertThat(row.at("close").decimal())
                .isEqualByComparingTo(
                        candle.at("candles").at(0).at("close").decimal().movePointLeft(2));
    }

    @Test
    void closes_are_converted_by_the_rate_of_their_day_and_rounded_when_asked() throws MalformedPayload {
        JsonValue dollars = portfolio.json("/daily/yahoo/AAPL?limit=5&rates=yahoo");
        JsonValue euros = portfolio.json("/daily/yahoo/AAPL?limit=5&currency=eur&rates=yahoo");
        JsonValue rates = portfolio.json("/daily/yahoo/USD/EUR?limit=20");
        List<String> days = column(rates, "date");
        for (int i = 0; i < dollars.items().size(); i++) {
            String day = dollars.at(i).at("date").text();
            BigDecimal rate = rates.at(days.indexOf(day)).at("close").decimal();
            assertThat(euros.at(i).at("currency").text()).isEqualTo("EUR");
            assertThat(euros.at(i).at("close").decimal())
                    .isEqualByComparingTo(dollars.at(i).at("close").decimal().multiply(rate));
        }
        JsonValue rounded = portfolio.json("/daily/yahoo/AAPL?limit=5&currency=EUR&rates=yahoo&digits=2");
        assertThat(rounded.at(0).at("close").decimal().scale()).isEqualTo(2);
    }

    @Test
    void the_latest_prices_come_together_and_a_failed_one_is_counted() throws MalformedPayload {
        HttpResponse<String> response = portfolio.get("/latest?symbols=binance:BTCUSDT,binance:NOSUCHCOIN,yahoo:AAPL");
        assertThat(response.headers().firstValue("X-Failed")).hasValue("1");
        assertThat(response.headers().firstValue("X-Mock")).hasValue("true");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonValue rows = portfolio.json("/latest?symbols=binance:BTCUSDT,yahoo:AAPL");
        assertThat(column(rows, "symbol")).containsExactly("BTC/USDT", "AAPL");
        assertThat(column(rows, "close")).noneMatch(price -> new BigDecimal(price).signum() == 0);
        assertThat(portfolio.json("/latest/binance/BTCUSDT").at(0).at("close").text())
                .isEqualTo(own.json("/api/v1/data/binance/BTCUSDT")
                        .at("data")
                        .at("price")
                        .text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/daily/binance/NOSUCHCOIN | 404 | unknown-instrument",
                "/daily/binance/BTCUSDT?digits=x | 422 | invalid-query",
                "/daily/binance/BTCUSDT?format=xml | 422 | invalid-query",
                "/daily/binance/BTCUSDT?commodity=b%20c | 422 | invalid-query",
                "/daily/binance/BTCUSDT?from=2099-01-01 | 422 | invalid-query",
                "/latest | 422 | invalid-query",
                "/other | 404 | unknown-path",
            })
    void errors_are_problem_documents(String target, int status, String type) throws MalformedPayload {
        HttpResponse<String> response = portfolio.get(target);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("/problems/" + type);
    }

    @Test
    void a_path_that_does_not_exist_is_named_as_it_was_asked_for() {
        for (String path :
                List.of("/portfolio", "/portfolio/other", "/at/2024-02-21/portfolio/other", "/at/2024-02-21/no")) {
            HttpResponse<String> response = own.get(path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("there is no path " + path + ";");
        }
    }

    @Test
    void directives_have_the_digits_of_the_closes_and_leave_out_the_running_day() throws MalformedPayload {
        String text = portfolio.body("/daily/binance/BTCUSDT?limit=3&format=beancount");
        JsonValue rows = portfolio.json("/daily/binance/BTCUSDT?limit=3");
        assertThat(text.lines()).hasSize(3);
        assertThat(text.lines().skip(1))
                .containsExactly(
                        "2024-02-19 price BTC " + rows.at(0).at("close").text() + " USDT",
                        "2024-02-20 price BTC " + rows.at(1).at("close").text() + " USDT");
        assertThat(text).startsWith("; BTC/USDT, source: mock, mock prices, not real\n");
        assertThat(portfolio
                        .body("/daily/binance/BTCUSDT?limit=2&format=ledger&commodity=XBT1")
                        .lines()
                        .skip(1))
                .containsExactly(
                        "P 2024-02-20 \"XBT1\" " + rows.at(1).at("close").text() + " USDT");
    }

    @ParameterizedTest
    @CsvSource({"^GSPC, GSPC", "BRK-B, BRK-B", "BTC, BTC", "7203, XX", "usd, USD", "F, XFX"})
    void commodities_have_names_that_beancount_accepts(String symbol, String name) {
        assertThat(PriceDirectives.commodity(symbol)).isEqualTo(name);
        assertThat(PriceDirectives.isCommodity(name)).isTrue();
    }

    @Test
    void beancount_reads_the_directives(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(NpmPackages.isProgram("bean-check"), "skipped: the package beancount is not installed");
        String prices =
                portfolio.body("/latest?symbols=binance:BTCUSDT,yahoo:AAPL,yahoo:VOD.L,yahoo:BRK-B&format=beancount")
                        + portfolio.body("/daily/yahoo/AAPL?limit=20&format=beancount&currency=EUR");
        Path file = Files.writeString(folder.resolve("prices.beancount"), prices);
        NpmPackages.Result result = NpmPackages.run(
                folder, 60, List.of("bean-query", "-q", file.toString(), "select count(date) from #prices"));
        NpmPackages.Result check = NpmPackages.run(folder, 60, List.of("bean-check", file.toString()));
        assertThat(check.output()).isEmpty();
        assertThat(check.status()).isZero();
        assertThat(result.status()).isIn(0, 1); // older versions have no table of prices
    }

    @Test
    void ledger_reads_the_directives(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(NpmPackages.isProgram("ledger"), "skipped: the package ledger is not installed");
        Path file = Files.writeString(
                folder.resolve("prices.ledger"),
                portfolio.body("/latest?symbols=binance:BTCUSDT,yahoo:BRK-B&format=ledger")
                        + "\nD 1000.00 USDT\n\n2024-02-20 Buy\n  Assets:Coins  2 BTC @ 1.00 USDT\n  Equity\n");
        NpmPackages.Result result = NpmPackages.run(
                folder,
                60,
                List.of("ledger", "-f", file.toString(), "balance", "Assets", "-X", "USDT", "--now", "2024-02-22"));
        BigDecimal price = new BigDecimal("2")
                .multiply(new BigDecimal(gateway.get("/api/v1/data/binance/BTCUSDT")
                        .json()
                        .at("/data/price")
                        .asString()));
        assertThat(result.output()).as("%s", result).contains(price.toPlainString());
    }

    @Test
    void times_of_a_csv_have_the_form_that_is_asked_for() {
        String candles = "/api/v1/candles/binance/BTCUSDT?interval=1h&limit=1&format=csv&time_format=";
        assertThat(time(candles + "rfc3339")).isEqualTo("2024-02-21T09:00:00Z");
        assertThat(time(candles + "excel")).isEqualTo("2024-02-21 09:00:00");
        assertThat(time(candles + "epoch")).isEqualTo("1708506000");
        assertThat(time(candles + "epoch_ms")).isEqualTo("1708506000000");
        assertThat(time(candles + "date")).isEqualTo("2024-02-21");
        assertThat(own.get(candles.replace("format=csv", "format=json") + "epoch")
                        .statusCode())
                .isEqualTo(422);
    }

    private static String time(String target) {
        return own.body(target).lines().skip(1).findFirst().orElseThrow().split(",", -1)[0];
    }
}
