package io.marketbrain.api.pages;

import io.marketbrain.api.rendering.ProblemTypes;
import io.marketbrain.api.rendering.ProblemTypes.ProblemType;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.AcceptHeader;
import io.marketbrain.api.request.RawRequest;
import io.marketbrain.http.message.Body;
import io.marketbrain.http.message.Header;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Problem documents as pages, for browsers that open a path instead of a program that requests it. Pure. */
public final class BrowserProblems {
    private static final String PROBLEM = "application/problem+json";
    private static final String PAGE = "text/html";

    private BrowserProblems() {}

    /**
     * The response itself, or a page that says the same if it is a problem document and the client prefers pages to JSON. Status and
     * headers stay as they are.
     *
     * @param request with the path below the gateway's root, which references in the page are relative to
     * @param redact removes secrets from a text
     */
    public static Response forClient(RawRequest request, Response response, UnaryOperator<String> redact) {
        if (response.status() < 400 || !isProblem(response) || !prefersPages(request)) {
            return response;
        }
        try {
            String document = redact.apply(new String(response.bytes(), StandardCharsets.UTF_8));
            Response page = Pages.plain(html(document, root(request.path())));
            page.headers()
                    .get("Content-Security-Policy")
                    .ifPresent(policy -> response.headers().put(policy));
            return response.with("Content-Type", PAGE + "; charset=utf-8")
                    .adding("Vary", "Accept")
                    .withBody(page.body());
        } catch (MalformedPayload e) {
            throw new IllegalStateException("a problem document is not JSON", e);
        }
    }

    private static boolean isProblem(Response response) {
        return response.body() instanceof Body.Bytes
                && response.headers()
                        .get("Content-Type")
                        .map(Header::value)
                        .filter(PROBLEM::equals)
                        .isPresent();
    }

    private static boolean prefersPages(RawRequest request) {
        return request.findHeader("Accept")
                .map(AcceptHeader::new)
                .map(accept -> accept.best(List.of(PROBLEM, "application/json", "text/plain", PAGE)))
                .filter(PAGE::equals)
                .isPresent();
    }

    /** The relative way from a path to the root, which is right below any prefix of a reverse proxy. */
    private static String root(String path) {
        long folders = path.chars().filter(c -> c == '/').count() - 1;
        return folders <= 0 ? "./" : "../".repeat((int) folders);
    }

    private static String html(String document, String root) throws MalformedPayload {
        JsonValue problem = JsonValue.parse(document.getBytes(StandardCharsets.UTF_8));
        String type = problem.at("type").text();
        Optional<ProblemType> known = ProblemTypes.find(type.substring(type.lastIndexOf('/') + 1));
        String remedy = known.map(ProblemType::remedy).orElse("");
        return ProblemPages.document(ProblemPages.escaped(problem.at("title").text()), root, """
                  <p class="status">%d</p>
                  <p class="lead">%s</p>
                  <h2>What to do</h2>
                  <p>%s</p>
                  <p><a href="%sproblems/%s">What this problem means</a> · <a href="%s">Dashboard</a></p>
                  <details><summary>As programs get it</summary><pre><code>%s</code></pre></details>
                """.formatted(
                        problem.at("status").integer(),
                        ProblemPages.escaped(problem.at("detail").text()),
                        ProblemPages.escaped(remedy),
                        root,
                        known.map(ProblemType::code).orElse(""),
                        root,
                        ProblemPages.escaped(document)));
    }
}
