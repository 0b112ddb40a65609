package io.marketbrain.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/, /, ''",
        "/a, /a, ''",
        "/a/, /a/, ''",
        "/a?, /a, ''",
        "/a?b=c&d, /a, b=c&d",
        "/a?/../?, /a, /../?",
        "/%61%2D%7e, /a-~, ''",
        "/BTC%2FUSDT, /BTC%2FUSDT, ''",
        "/BTC%2fUSDT:USDT, /BTC%2fUSDT:USDT, ''",
        "/%2541, /%2541, ''",
        "/%E2%82%AC, /%E2%82%AC, ''",
        "/.well-known/...x, /.well-known/...x, ''",
        "/..., /..., ''",
        "/a?x=%26%3D%61, /a, x=%26%3Da",
        "/a?x=a+b, /a, x=a+b",
        "/a?x=%5C, /a, x=%5C",
    })
    void is_normalized(String raw, String path, String query) throws Exception {
        assertThat(RequestTarget.parse(raw)).isEqualTo(new RequestTarget(path, query));
    }

    @Test
    void a_normalized_target_stays_the_same() throws Exception {
        RequestTarget once = RequestTarget.parse("/%61/b%2Fc?d=%65%26");
        assertThat(RequestTarget.parse(once.path() + '?' + once.query())).isEqualTo(once);
    }
}
