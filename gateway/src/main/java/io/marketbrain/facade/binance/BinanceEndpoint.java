package io.marketbrain.facade.binance;

import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Request;

/** Handles the requests of one path; an error of Binance's ends the request. */
@FunctionalInterface
interface BinanceEndpoint {
    Response answer(Request request) throws BinanceRejected;
}
