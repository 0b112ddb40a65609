package io.marketbrain.facade.openbb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.acceptance.TestGateway;
import io.marketbrain.facade.FacadeClient;
import io.marketbrain.json.JsonKind;
import io.marketbrain.json.JsonValue;
import io.marketbrain.json.MalformedPayload;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenBB Workspace reads from a backend. */
class OpenBbTest {
    private static final String ORIGIN = "https://pro.openbb.co";

    @Test
    void widgets_lead_to_flat_rows_that_the_pages_of_openbb_may_read(@TempDir Path folder) throws MalformedPayload {
        try (TestGateway gateway = TestGateway.with(folder, "facades.openbb.enabled", "true");
                var client = new FacadeClient(gateway.port(), "")) {
            HttpResponse<String> widgets =
                    client.get("/widgets.json", "Origin", ORIGIN, "Sec-Fetch-Site", "cross-site");
            assertThat(widgets.statusCode()).as(widgets.body()).isEqualTo(200);
            assertThat(widgets.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(ORIGIN);
            for (JsonValue widget : client.json("/widgets.json").members().values()) {
                String endpoint = widget.at("endpoint").text();
                if (widget.at("type").text().equals("advanced_charting")) {
                    assertThat(client.json(endpoint + "/config")
                                    .at("supports_search")
                                    .bool())
                            .isTrue();
                    continue;
                }
                var target = new StringBuilder(endpoint).append('?');
                for (JsonValue parameter : widget.at("params").items()) {
                    target.append(parameter.at("paramName").text())
                            .append('=')
                            .append(parameter.at("value").text())
                            .append('&');
                }
                JsonValue rows = client.json(target.toString());
                assertThat(rows.items()).isNotEmpty();
                for (JsonValue column :
                        widget.at("data").at("table").at("columnsDefs").items()) {
                    JsonValue cell = rows.at(0).at(column.at("field").text());
                    if (column.at("cellDataType").text().equals("number")) {
                        assertThat(cell.kind()).isEqualTo(JsonKind.NUMBER);
                    }
                }
            }
            assertThat(client.json("/apps.json")
                            .at(0)
                            .at("tabs")
                            .at("prices")
                            .at("layout")
                            .items())
                    .hasSize(3);
            assertThat(client.get("/widgets.json", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void it_is_off_unless_switched_on(@TempDir Path folder) {
        try (TestGateway gateway = TestGateway.with(folder);
                var client = new FacadeClient(gateway.port(), "")) {
            assertThat(client.get("/widgets.json").statusCode()).isEqualTo(404);
            assertThat(client.get("/openbb/quotes?symbols=binance:BTCUSDT").statusCode())
                    .isEqualTo(404);
            assertThat(client.get("/udf/config", "Origin", ORIGIN, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
