package io.marketbrain.api.alerts;

import io.marketbrain.alerts.Alert;
import io.marketbrain.alerts.AlertAccess;
import io.marketbrain.alerts.AlertDraft;
import io.marketbrain.alerts.AlertLogEntry;
import io.marketbrain.alerts.AlertService;
import io.marketbrain.alerts.AlertSubject;
import io.marketbrain.alerts.AlertsUnavailable;
import io.marketbrain.api.access.AccessControl;
import io.marketbrain.api.rendering.EchoedText;
import io.marketbrain.api.rendering.JsonDocument;
import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.JsonBody;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import io.marketbrain.api.request.SymbolResolver;
import io.marketbrain.json.JsonValue;
import io.marketbrain.pipeline.ProviderCatalog;
import io.marketbrain.pipeline.stream.ChannelFinder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The paths of alerts. Changing them requires the admin scope, as every change of the gateway does; every caller sees them, except
 * those about budgets and where webhooks go. Thread-safe.
 */
public final class AlertEndpoints {
    /** How many clients may listen to the stream of alerts at once. */
    private static final int MAX_STREAMS = 100;

    public static final int MAX_LOG = 500;
    public static final int DEFAULT_LOG = 100;

    /** The most characters of the id of an alert. */
    public static final int MAX_ID = 64;

    private static final String RETRY_SECONDS = "5";

    private final AlertAccess alerts;
    private final SymbolResolver resolver;
    private final ChannelFinder channels;
    private final ProviderCatalog catalogue;
    private final AccessControl access;
    private final AtomicInteger streams = new AtomicInteger();

    public AlertEndpoints(
            AlertAccess alerts,
            SymbolResolver resolver,
            ChannelFinder channels,
            ProviderCatalog catalogue,
            AccessControl access) {
        this.alerts = alerts;
        this.resolver = resolver;
        this.channels = channels;
        this.catalogue = catalogue;
        this.access = access;
    }

    /** What a path does with the alerts, once they are loaded. */
    @FunctionalInterface
    private interface Use {
        Response with(AlertService service) throws RequestRejected, AlertsUnavailable;
    }

    private Response use(Request request, Use use) throws RequestRejected {
        try {
            return use.with(alerts.service());
        } catch (AlertsUnavailable e) {
            return ProblemResponses.reply(
                            503,
                            "alerts-unavailable",
                            "Alerts are unavailable",
                            EchoedText.of(String.valueOf(e.getMessage())),
                            request.callId())
                    .with("Retry-After", RETRY_SECONDS);
        }
    }

    public Response list(Request request) throws RequestRejected {
        Parameters.of(request);
        return use(request, service -> {
            List<Alert> shown =
                    service.alerts().stream().filter(visible(request)).toList();
            return Response.json(JsonDocument.object(json -> json.put("success", true)
                            .put("count", (long) shown.size())
                            .objects("alerts", shown, (item, alert) -> write(item, service, alert, request))))
                    .with("Cache-Control", "no-store");
        });
    }

    public Response create(Request request) throws RequestRejected {
        Parameters.of(request);
        return use(request, service -> {
            var reader = new AlertReader(
                    resolver, channels, catalogue, service.config().allowPrivateTargets());
            AlertDraft draft = reader.read(request);
            Optional<Alert> created = service.create(draft);
            if (created.isEmpty()) {
                return ProblemResponses.reply(
                        409,
                        "alert-conflict",
                        "The alert cannot be created",
                        draft.id().flatMap(service::find).isPresent()
                                ? "there is an alert of this id already"
                                : "the gateway keeps " + service.config().maxAlerts()
                                        + " alerts at most (alerts.max_alerts); delete one first",
                        request.callId());
            }
            Alert alert = created.get();
            Response document = one(service, alert, request);
            return new Response(201, document.headers(), document.body())
                    .with("Location", "/api/v1/alerts/" + alert.id());
        });
    }

    public Response get(Request request) throws RequestRejected {
        Parameters.of(request);
        return use(
                request,
                service -> service.find(request.variable("id"))
                        .filter(visible(request))
                        .map(alert -> one(service, alert, request))
                        .orElseGet(() -> unknown(request)));
    }

    public Response change(Request request) throws RequestRejected {
        Parameters.of(request);
        JsonValue paused = JsonBody.of(request, "paused")
                .find("paused")
                .orElseThrow(() -> RequestRejected.invalid("paused", "missing", "true or false"));
        boolean pause = AlertReader.bool("paused", paused);
        return use(
                request,
                service -> service.setPaused(request.variable("id"), pause)
                        .map(alert -> one(service, alert, request))
                        .orElseGet(() -> unknown(request)));
    }

    public Response remove(Request request) throws RequestRejected {
        Parameters.of(request);
        return use(
                request,
                service -> service.remove(request.variable("id"))
                        ? Response.json(JsonDocument.object(json -> json.put("success", true)
                                .put("id", request.variable("id"))
                                .put("call_id", request.callId().value())))
                        : unknown(request));
    }

    public Response log(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "alert", "limit");
        int limit = parameters.integer("limit", DEFAULT_LOG, 1, MAX_LOG);
        String alert = parameters.text("alert", MAX_ID);
        return use(request, service -> {
            List<AlertLogEntry> all = service.log().stream()
                    .filter(entry -> alert.isEmpty() || entry.alert().equals(alert))
                    .filter(entry -> isVisible(entry, request.admin()))
                    .toList();
            List<AlertLogEntry> latest = all.subList(Math.max(0, all.size() - limit), all.size());
            return Response.json(JsonDocument.object(json -> json.put("success", true)
                            .put("count", (long) latest.size())
                            .objects("entries", latest.reversed(), AlertJson::write)))
                    .with("Cache-Control", "no-store");
        });
    }

    public Response stream(Request request) throws RequestRejected {
        var parameters = Parameters.of(request, "last_event_id");
        Optional<String> last = request.findHeader("Last-Event-ID").or(() -> parameters.find("last_event_id"));
        return use(request, service -> {
            long after = last.filter(text -> text.matches("[0-9]{1,18}"))
                    .map(Long::parseLong)
                    .orElseGet(service::lastSeq);
            var stream =
                    new AlertStream(service, after, streams, MAX_STREAMS, request.admin(), access.admission(request));
            Response response = request.method().equals("HEAD")
                    ? Response.of(200, AlertStream.MEDIA_TYPE, new byte[0])
                    : Response.stream(AlertStream.MEDIA_TYPE, stream);
            return response.with("Cache-Control", "no-store, no-transform").with("X-Accel-Buffering", "no");
        });
    }

    private static Response one(AlertService service, Alert alert, Request request) {
        return Response.json(JsonDocument.object(json -> json.put("success", true)
                        .child("alert", child -> write(child, service, alert, request))
                        .put("call_id", request.callId().value())))
                .with("Cache-Control", "no-store");
    }

    private static void write(JsonDocument json, AlertService service, Alert alert, Request request) {
        AlertJson.write(json, alert, service.findFeedState(alert.id()), request.admin());
    }

    private static Predicate<Alert> visible(Request request) {
        return alert -> request.admin() || !(alert.subject() instanceof AlertSubject.OfBudget);
    }

    static boolean isVisible(AlertLogEntry entry, boolean admin) {
        return admin
                || (entry instanceof AlertLogEntry.Fired(var _, var firing)
                        && !firing.type().equals("budget"));
    }

    private static Response unknown(Request request) {
        return ProblemResponses.reply(
                404,
                "unknown-alert",
                "No such alert",
                "there is no alert '" + EchoedText.of(request.variable("id")) + "'",
                request.callId());
    }
}
