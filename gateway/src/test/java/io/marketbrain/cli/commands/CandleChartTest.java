package io.marketbrain.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class CandleChartTest {
    private static final String HEAD = "open_time,open,high,low,close,volume,quote_volume,trades,complete,source\n";
    private static final String CSV = HEAD
            + "2024-02-21T09:00:00Z,100.00,110.00,95.00,105.00,7.5,,,true,mock\n"
            + "2024-02-21T10:00:00Z,105.00,106.00,90.00,91.50,12,,,true,mock\n"
            + "2024-02-21T11:00:00Z,91.50,91.50,91.50,91.50,,,,false,mock\n";

    @Test
    void draws_a_wick_a_body_and_a_volume_bar_for_each_candle() throws Exception {
        Document svg = parsed(CandleChart.svg(CSV, "BTC/USDT"));
        assertThat(svg.getDocumentElement().getNodeName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * 3);
    }

    @Test
    void labels_the_last_price_and_says_that_it_is_mock() {
        assertThat(CandleChart.svg(CSV, "BTC/USDT")).contains(">91.50</text>", ">mock data</text>", "02-21 10:00");
    }

    @Test
    void says_nothing_of_mock_where_data_is_real() {
        assertThat(CandleChart.svg(CSV.replace(",mock", ",binance"), "x")).doesNotContain("mock");
    }

    @Test
    void survives_no_candles_and_a_title_with_markup() throws Exception {
        Document svg = parsed(CandleChart.svg(HEAD, "<script>&"));
        assertThat(svg.getDocumentElement().getTextContent()).contains("no candles", "<script>&");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
