package io.marketbrain.cli.doctor;

import io.marketbrain.api.LocalApi;
import io.marketbrain.cli.console.Launcher;
import io.marketbrain.config.ConfigResult;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks whether each live provider responds and how far its clock differs from this machine's. Calls live providers only. */
final class LiveProviderCheck {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private LiveProviderCheck() {}

    static List<CheckResult> examine(ConfigResult.Loaded loaded, Launcher launcher, InstantSource clock) {
        return launcher.locally(loaded.config(), api -> {
            var findings = new ArrayList<CheckResult>();
            try {
                var all = parse(
                        api.get(List.of("api", "v1", "providers"), Map.of()).body());
                for (JsonValue provider : all.at("providers").items()) {
                    if (provider.at("mode").text().equals("live")
                            && !provider.at("examples").items().isEmpty()) {
                        findings.add(ask(api, provider, clock));
                    }
                }
            } catch (MalformedPayload e) {
                throw new IllegalStateException("the API returned unexpected JSON: " + e.getMessage(), e);
            }
            if (findings.isEmpty()) {
                findings.add(CheckResult.good("providers", "all mock; nothing leaves this machine"));
            }
            return findings;
        });
    }

    private static CheckResult ask(LocalApi api, JsonValue provider, InstantSource clock) throws MalformedPayload {
        String id = provider.at("id").text();
        String symbol = provider.at("examples").at(0).text();
        var answer = api.get(List.of("api", "v1", "data", id, symbol), Map.of("timeout", "5"));
        JsonValue json = parse(answer.body());
        if (!answer.ok()) {
            return CheckResult.wrong(
                    id, json.at("error").text(), "check that this machine can reach it and that its key is valid");
        }
        if (json.at("mock").bool()) {
            return CheckResult.wrong(
                    id, "replaced by the mock market: " + json.at("mock_reason").text(), "correct its key");
        }
        String words = "live; " + symbol + " is " + json.at("data").at("price").text();
        var asOf = json.at("data").find("as_of");
        if (asOf.isPresent()) {
            Duration ahead =
                    Duration.between(clock.instant(), Instant.parse(asOf.get().text()));
            if (ahead.compareTo(TOLERANCE) > 0) {
                return CheckResult.wrong(
                        id,
                        words + ", and its clock is " + ahead.toSeconds() + " s ahead of this machine's",
                        "set the clock");
            }
        }
        return CheckResult.good(id, words);
    }

    private static JsonValue parse(String body) throws MalformedPayload {
        return JsonValue.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
