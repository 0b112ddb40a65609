package io.marketbrain.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.alerts.DeliveryPolicy.Next;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryPolicyTest {
    private final AlertsConfig config = AlertsConfig.defaults();

    private Next after(WebhookResult result, int attempts, Duration age) {
        return DeliveryPolicy.decide(config, result, attempts, age, new Random(1));
    }

    private static WebhookResult answered(int status, @Nullable Duration retryAfter) {
        return new WebhookResult.Answered(status, retryAfter);
    }

    @ParameterizedTest
    @CsvSource({
        "200, Delivered",
        "204, Delivered",
        "301, GiveUp",
        "307, GiveUp",
        "400, GiveUp",
        "404, GiveUp",
        "410, GiveUp",
        "408, RetryIn",
        "429, RetryIn",
        "500, RetryIn",
        "503, RetryIn"
    })
    void the_status_decides(int status, String expected) {
        assertThat(after(answered(status, null), 1, Duration.ZERO).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void pauses_double_with_jitter_up_to_a_limit() {
        for (int attempts = 1; attempts < config.maxAttempts(); attempts++) {
            long whole = Math.min(
                    DeliveryPolicy.MAX_PAUSE.toNanos(), config.retryFirst().toNanos() << (attempts - 1));
            assertThat(after(new WebhookResult.Unreachable("refused"), attempts, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Next.RetryIn.class,
                            retry -> assertThat(retry.pause().toNanos()).isBetween(whole / 2, whole));
        }
    }

    @Test
    void retry_after_is_obeyed_where_it_is_longer() {
        assertThat(after(answered(429, Duration.ofHours(2)), 1, Duration.ZERO))
                .isInstanceOfSatisfying(
                        Next.RetryIn.class, retry -> assertThat(retry.pause()).isEqualTo(Duration.ofHours(2)));
    }

    @Test
    void attempts_and_age_are_bounded_and_a_refused_target_is_final() {
        assertThat(after(answered(500, null), config.maxAttempts(), Duration.ZERO))
                .isInstanceOf(Next.GiveUp.class);
        assertThat(after(answered(500, null), 1, config.maxAge())).isInstanceOf(Next.GiveUp.class);
        assertThat(after(new WebhookResult.Refused("private"), 1, Duration.ZERO))
                .isInstanceOf(Next.GiveUp.class);
    }
}
