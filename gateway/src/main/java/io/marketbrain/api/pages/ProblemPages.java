package io.marketbrain.api.pages;

import io.marketbrain.api.rendering.ProblemResponses;
import io.marketbrain.api.rendering.ProblemTypes;
import io.marketbrain.api.rendering.ProblemTypes.ProblemType;
import io.marketbrain.api.rendering.Response;
import io.marketbrain.api.request.Parameters;
import io.marketbrain.api.request.Request;
import io.marketbrain.api.request.RequestRejected;
import java.util.Optional;

/** The pages at the {@code type} URIs of problem documents, which explain each problem, and their list. */
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

    /** A list of all problem types. */
    public static Response list(Request request) throws RequestRejected {
        Parameters.of(request);
        Response page = request.accepts("text/html")
                ? Pages.plain(listHtml())
                : Response.tagged("text/plain; charset=utf-8", bytes(listText()));
        return page.with("Cache-Control", "max-age=3600").adding("Vary", "Accept");
    }

    private static String listText() {
        var text = new StringBuilder("Problem types\n\n");
        ProblemTypes.ALL.forEach(type -> text.append("/problems/")
                .append(type.code())
                .append(": ")
                .append(type.title())
                .append(" (")
                .append(type.status())
                .append(")\n"));
        return text.toString();
    }

    private static String listHtml() {
        var rows = new StringBuilder();
        for (ProblemType type : ProblemTypes.ALL) {
            rows.append("    <tr><td>%d</td><td><a href=\"problems/%s\">%s</a></td></tr>\n"
                    .formatted(type.status(), type.code(), escaped(type.title())));
        }
        return document("Problem types", "./", """
                  <table>
                    <tr><th>Status</th><th>Problem</th></tr>
                %s  </table>
                """.formatted(rows));
    }

    private static String text(ProblemType type) {
        return type.title() + " (" + type.status() + ", /problems/" + type.code() + ")\n\n" + type.meaning()
                + "\n\nWhat to do: " + type.remedy() + "\n";
    }

    private static String html(ProblemType type) {
        return document(escaped(type.title()), "../", """
                  <p><code>/problems/%s</code>, usually with status %d.</p>
                  <p>%s</p>
                  <h2>What to do</h2>
                  <p>%s</p>
                  <p><a href="../problems">All problems</a></p>
                """.formatted(
                        type.code(), type.status(), escaped(type.meaning()), escaped(type.remedy())));
    }

    /** @param root the relative path to the gateway's root */
    static String document(String title, String root, String content) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <meta name="color-scheme" content="light dark">
                  <title>%1$s</title>
                  <link rel="icon" href="%2$sassets/mark.svg">
                  <link rel="stylesheet" href="%2$sassets/theme.css">
                  <link rel="stylesheet" href="%2$sassets/page.css">
                </head>
                <body>
                  <nav class="top"><a href="%2$s"><img src="%2$sassets/mark.svg" alt="" width="24" height="24"> Market Intel Brain</a>
                    <a href="%2$sdocs">The API</a></nav>
                  <main>
                  <h1>%1$s</h1>
                %3$s  </main>
                </body>
                </html>
                """.formatted(title, root, content);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
