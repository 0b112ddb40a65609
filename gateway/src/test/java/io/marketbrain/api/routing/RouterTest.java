package io.marketbrain.api.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.PercentEncoding;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route a path has, and its variables. */
class RouterTest {
    private static final Router ROUTER = router(
            "/products",
            "/products/{id}",
            "/products/{id}/ticker",
            "/data/{provider}/{symbol}",
            "/values/{provider}/{id}",
            "/series/{provider}/{id}/last");

    private static Router router(String... templates) {
        var router = new Router();
        for (String template : templates) {
            router.get(template, _ -> Response.empty(204));
        }
        return router;
    }

    private static Router.@Nullable Found find(String path) throws PercentEncoding.BadEncoding {
        return ROUTER.find(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/products, /products",
        "/products/BTC-USD, /products/{id}",
        "/products/BTC-USD/ticker, /products/{id}/ticker",
        "/products/ticker, /products/{id}",
        "/data/binance/BTC/USDT, /data/{provider}/{symbol}",
        "/series/fred/CPI/last, /series/{provider}/{id}/last",
        "/values/okx/mark_price:BTC/USDT:USDT, /values/{provider}/{id}",
    })
    void a_path_has_one_route(String path, String template) throws PercentEncoding.BadEncoding {
        assertThat(requireNonNull(find(path)).route().template()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({
        "/products/",
        "/products//ticker",
        "/products/BTC/USD/ticker",
        "/products/BTC-USD/tickers",
        "/series/fred/last",
        "/series/fred/A/B/last",
    })
    void a_path_that_no_template_fits_has_none(String path) throws PercentEncoding.BadEncoding {
        assertThat(find(path)).isNull();
    }

    @Test
    void a_variable_before_a_literal_is_one_decoded_segment() throws PercentEncoding.BadEncoding {
        assertThat(requireNonNull(find("/products/A%2FB/ticker")).variables()).isEqualTo(Map.of("id", "A/B"));
    }
}
