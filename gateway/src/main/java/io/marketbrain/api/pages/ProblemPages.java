package io.marketbrain.api.pages;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.ProblemTypes;
import io.marketbrain.api.rendering.ProblemTypes.ProblemType;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import java.util.Optional;

/** The page at the {@code type} URI of a problem document: what the problem means and what to do about it. */
public final class ProblemPages {
    private ProblemPages() {}

    public static Response page(Request request) throws RequestRejected {
        Parameters.of(request);
        Optional<ProblemType> found = ProblemTypes.find(request.variable("code"));
        if (found.isEmpty()) {
            return ProblemResponses.noSuchPath(request.path(), request.callId());
        }
        ProblemType type = found.get();
        Response page = request.accepts("text/html")
                ? Pages.plain(html(type))
                : Response.tagged("text/plain; charset=utf-8", bytes(text(type)));
        return page.with("Cache-Control", "max-age=3600").adding("Vary", "Accept");
    }

    private static String text(ProblemType type) {
        return type.title() + " (" + type.status() + ", /problems/" + type.code() + ")\n\n" + type.meaning()
                + "\n\nWhat to do: " + type.remedy() + "\n";
    }

    private static String html(ProblemType type) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <title>%1$s</title>
                  <link rel="icon" href="/assets/mark.svg">
                  <link rel="stylesheet" href="/assets/page.css">
                </head>
                <body>
                  <h1>%1$s</h1>
                  <p><code>/problems/%2$s</code>, usually with status %3$d.</p>
                  <p>%4$s</p>
                  <h2>What to do</h2>
                  <p>%5$s</p>
                  <p><a href="/docs">The API</a></p>
                </body>
                </html>
                """.formatted(
                escaped(type.title()), type.code(), type.status(), escaped(type.meaning()), escaped(type.remedy()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
