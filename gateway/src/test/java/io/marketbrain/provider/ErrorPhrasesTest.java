package io.marketbrain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPhrasesTest {
    private static Optional<Failure> find(Operation operation, String body) {
        return ErrorPhrases.find(
                new ProviderId("acme"),
                operation,
                new RawPayload(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"error":"Too many requests, slow down"}               | Throttled
            {"status":"error","msg":"API rate limit exceeded"}     | Throttled
            {"Information":"Our rate limit is 25 requests per day"} | Throttled
            {"code":7,"errors":["x","Too many requests"],"data":{}} | Throttled
            Rate limit exceeded                                    | Throttled
            "Rate limit exceeded"                                  | Throttled
            {"error":{"info":"x","message":"Invalid API key"}}     | CredentialsRejected
            {"Error Message":"Missing API key"}                    | CredentialsRejected
            {"message":"Scheduled maintenance","result":null}      | Faulty
            """)
    void words_of_errors_are_understood(String body, String kind) {
        assertThat(find(Operation.QUOTE, body))
                .get()
                .extracting(failure -> failure.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"message\":\"Too many requests\"}]",
                "{\"id\":\"X\",\"description\":\"Maintenance and repair of the dwelling\",\"data\":{\"values\":[1]}}",
                "{\"id\":\"X\",\"description\":\"Maintenance and repair of the dwelling\"}",
                "{\"note\":\"Maintenance and repair of the dwelling\",\"data\":[1]}",
                "{\"data\":{\"error\":\"Too many requests\"}}",
                "{\"error\":\"Max limit exceeded: must be <= 1000\"}",
                "{\"message\":\"Unauthorized\"}",
                "id,title\n1,Maintenance of roads\n",
                "1;Maintenance of roads",
                "<p>Too many requests</p>",
                "{\"error\":\"Too many req",
            })
    void words_of_data_are_no_errors(String body) {
        assertThat(find(Operation.SERIES, body)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWS", "SYMBOLS"})
    void words_of_news_and_lists_are_no_errors(Operation operation) {
        assertThat(find(
                        operation,
                        "[{\"id\":1,\"title\":\"T\",\"description\":\"Bank says unauthorized trades cost it 2 m\","
                                + "\"published_at\":\"2026-01-02T00:00:00Z\",\"url\":\"u\"}]"))
                .isEmpty();
        assertThat(find(operation, "{\"message\":\"Regulator sets a rate limit\"}"))
                .isEmpty();
    }
}
