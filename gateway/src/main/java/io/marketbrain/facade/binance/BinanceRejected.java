package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.model.Failure;
import java.util.function.Supplier;

/** Ends a request with an error of Binance's. Never leaves this package. */
final class BinanceRejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BinanceError error;
    private final transient Supplier<Response> response;

    BinanceRejected(BinanceError error) {
        this(error, error::response);
    }

    BinanceRejected(Failure failure) {
        this(BinanceError.of(failure), () -> BinanceError.response(failure));
    }

    private BinanceRejected(BinanceError error, Supplier<Response> response) {
        super(error.message(), null, false, false);
        this.error = error;
        this.response = response;
    }

    BinanceError error() {
        return error;
    }

    Response response() {
        return response.get();
    }
}
