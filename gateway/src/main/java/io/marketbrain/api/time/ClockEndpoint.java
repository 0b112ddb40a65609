package io.marketbrain.api.time;

import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** The path {@code /clock} below a time: says what the time is there, and sets or advances a client's own clock. Thread-safe. */
public final class ClockEndpoint {
    /** The path below a time. */
    public static final String PATH = "/clock";

    private static final Pattern STEP = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final String STEPS = "a duration such as 250ms, 60s, 1m, 4h or 1d";

    private final SteppedClocks clocks;
    private final InstantSource clock;

    public ClockEndpoint(SteppedClocks clocks, InstantSource clock) {
        this.clocks = clocks;
        this.clock = clock;
    }

    /** The time at a path for a caller. */
    public Instant now(SimulatedTime time, String caller) throws RequestRejected {
        Instant now = switch (time) {
            case SimulatedTime.Standing(Instant instant) -> instant;
            case SimulatedTime.Running running -> running.at(clock.instant());
            case SimulatedTime.Stepped(String name) -> {
                Optional<Instant> set = clocks.find(caller, name);
                if (set.isEmpty()) {
                    throw unset(name);
                }
                yield set.get();
            }
        };
        return plausible("at", now);
    }

    /** The time at a path for a caller; empty if there is none that is served. */
    public Optional<Instant> findNow(SimulatedTime time, String caller) {
        try {
            return Optional.of(now(time, caller));
        } catch (RequestRejected unset) {
            return Optional.empty();
        }
    }

    /** The passing of time that a path belongs to: a client's clock begins another one when it is set back. */
    public String session(TimePath path, String caller) {
        return path.time() instanceof SimulatedTime.Stepped(String name)
                ? caller + " " + name + " " + clocks.passing(caller, name)
                : path.prefix();
    }

    public Response answer(SimulatedTime time, Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "to", "by");
        String caller = request.caller().name();
        boolean sets = request.method().equals("POST");
        if (!sets && !request.query().isEmpty()) {
            throw RequestRejected.malformed("a clock is set with POST");
        }
        if (sets) {
            set(time, parameters, caller);
        }
        Instant now = now(time, caller);
        return Response.json(JsonDocument.object(json -> json.put("now", now).put("epoch_ms", now.toEpochMilli())))
                .with("Cache-Control", "no-store");
    }

    private void set(SimulatedTime time, Parameters parameters, String caller) throws RequestRejected {
        if (!(time instanceof SimulatedTime.Stepped(String name))) {
            throw RequestRejected.malformed(
                    "only a clock with a name can be set: POST " + TimePath.START + "my-clock" + PATH + "?to=…");
        }
        Optional<String> to = parameters.find("to");
        Optional<String> by = parameters.find("by");
        if (to.isPresent() == by.isPresent()) {
            throw RequestRejected.malformed("send either to, a time, or by, " + STEPS);
        }
        if (to.isPresent()) {
            Optional<Instant> instant = Parameters.findInstant(to.get());
            if (instant.isEmpty()) {
                throw RequestRejected.invalid("to", EchoedText.of(to.get()), "a time such as 2024-02-21T09:00:00Z");
            }
            clocks.set(caller, name, instant.get());
        } else {
            Duration step = step(by.orElseThrow());
            Optional<Instant> before = clocks.advance(caller, name, step);
            if (before.isEmpty()) {
                throw unset(name);
            }
        }
    }

    private static Duration step(String text) throws RequestRejected {
        var matcher = STEP.matcher(text);
        if (!matcher.matches()) {
            throw RequestRejected.invalid("by", EchoedText.of(text), STEPS);
        }
        long amount = new BigDecimal(matcher.group(1)).longValueExact();
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Instant plausible(String field, Instant now) throws RequestRejected {
        if (now.isBefore(Parameters.EARLIEST) || !now.isBefore(Parameters.LATEST)) {
            throw RequestRejected.invalid(field, now.toString(), "a time from 1980 to 2100");
        }
        return now;
    }

    private static RequestRejected unset(String name) {
        return RequestRejected.invalid(
                "at",
                name,
                "a clock that has been set: POST " + TimePath.START + name + PATH + "?to=2024-02-21T09:00:00Z");
    }
}
