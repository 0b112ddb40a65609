package io.marketbrain.pipeline.cache.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.model.price.ShareRatio;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.RandomResults;
import io.marketbrain.pipeline.cache.tier.SharedTier.Scope;
import io.marketbrain.pipeline.cache.tier.SharedTier.ValueKey;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryResultCodecTest {
    private static final long MANY = 1000;
    private static final ValueKey KEY = new ValueKey(new Scope("binance", "BTC/USDT"), "2:quote:-:live");

    @Test
    void decoding_returns_what_was_encoded() {
        for (long seed = 0; seed < 5000; seed++) {
            QueryResult answer = new RandomResults(seed).answer();
            assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer), MANY))
                    .as("seed %s", seed)
                    .contains(answer);
        }
    }

    @Test
    void a_decimal_beyond_the_limits_for_provider_payloads_is_not_decoded() {
        for (String price : new String[] {"1005e512", "1005e101", "1e-101", "1" + "0".repeat(100)}) {
            QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", price));
            assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer), MANY))
                    .as(price)
                    .isEmpty();
        }
        for (String price : new String[] {"1005e100", "1e-100", "-" + "9".repeat(100)}) {
            QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", price));
            assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer), MANY))
                    .as(price)
                    .contains(answer);
        }
    }

    @Test
    void more_records_than_requested_are_not_decoded() {
        List<Level> levels = Collections.nCopies(11, new Level(BigDecimal.ONE, BigDecimal.ONE));
        var book = new MarketData.OrderBook(CacheSamples.quoteOf("BTC", "1").listing(), levels, List.of(), null, null);
        byte[] bytes = QueryResultCodec.encode(CacheSamples.answer(book));
        assertThat(QueryResultCodec.decode(bytes, 11)).isPresent();
        assertThat(QueryResultCodec.decode(bytes, 10)).isEmpty();
    }

    @Test
    void a_text_beyond_the_limit_is_not_decoded() {
        for (int length : new int[] {ByteReader.MAX_TEXT, ByteReader.MAX_TEXT + 1}) {
            var trade = new Trade(
                    "x".repeat(length), CacheSamples.quoteOf("BTC", "1").asOf(), BigDecimal.ONE, BigDecimal.ONE, null);
            var trades = new MarketData.Trades(CacheSamples.quoteOf("BTC", "1").listing(), List.of(trade), null);
            byte[] bytes = QueryResultCodec.encode(CacheSamples.answer(trades));
            assertThat(QueryResultCodec.decode(bytes, MANY).isPresent()).isEqualTo(length == ByteReader.MAX_TEXT);
        }
    }

    /** The size of a list is compared with what the remaining bytes can hold before anything is allocated for it. */
    @Test
    void a_list_that_claims_more_elements_than_its_bytes_can_hold_is_not_allocated() {
        byte[] claims =
                new ByteWriter().number(1_000_000).rest(new byte[1_000_000]).bytes();
        assertThatThrownBy(() -> new ByteReader(claims).list(Long.MAX_VALUE, 18, ByteReader::flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many elements");
        assertThat(new ByteReader(claims).list(Long.MAX_VALUE, 1, ByteReader::flag))
                .hasSize(1_000_000);
    }

    @Test
    void trailing_zeros_of_decimals_are_preserved() {
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "50123.4500"));
        var read =
                QueryResultCodec.decode(QueryResultCodec.encode(answer), MANY).orElseThrow();
        assertThat(((MarketData.Quote) read.data()).price().toPlainString()).isEqualTo("50123.4500");
    }

    @Test
    void cache_notes_are_not_encoded() {
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "1"));
        assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer), MANY)
                        .orElseThrow()
                        .cache())
                .isEqualTo(CacheStatus.NONE);
    }

    @Test
    void random_bytes_decode_to_an_answer_or_empty() {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            QueryResultCodec.decode(bytes, MANY);
            BoundPayloadCodec.decode(KEY, Duration.ZERO, Duration.ZERO, bytes);
            if (bytes.length > 1) {
                bytes[0] = BoundPayloadCodec.SCHEMA << 1;
                BoundPayloadCodec.decode(KEY, Duration.ZERO, Duration.ZERO, bytes);
            }
        }
    }

    @Test
    void truncated_or_flipped_bytes_decode_to_an_answer_or_empty() {
        var random = new Random(11);
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = QueryResultCodec.encode(new RandomResults(seed).answer());
            for (int length = 0; length < bytes.length; length++) {
                assertThat(QueryResultCodec.decode(Arrays.copyOf(bytes, length), MANY))
                        .isEmpty();
            }
            for (int i = 0; i < 50; i++) {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                QueryResultCodec.decode(flipped, MANY);
            }
        }
    }

    @Test
    void another_schema_version_decodes_to_empty() {
        byte[] answer = QueryResultCodec.encode(new RandomResults(1).answer());
        byte[] bytes = BoundPayloadCodec.encode(KEY, Duration.ofSeconds(1), Duration.ofSeconds(2), answer);
        assertThat(BoundPayloadCodec.decode(KEY, Duration.ofSeconds(1), Duration.ofSeconds(2), bytes))
                .isInstanceOf(BoundPayloadCodec.Decoded.Answer.class);
        for (int other = 0; other < 60; other++) {
            bytes[0] = (byte) (other << 1);
            assertThat(
                            BoundPayloadCodec.decode(KEY, Duration.ofSeconds(1), Duration.ofSeconds(2), bytes)
                                    instanceof BoundPayloadCodec.Decoded.Answer)
                    .isEqualTo(other == BoundPayloadCodec.SCHEMA);
        }
    }

    /**
     * Fails when an encoded record changes. In that case adapt {@link QueryResultCodec}, increment {@link BoundPayloadCodec#SCHEMA}, and update the shape and the number here.
     */
    @Test
    void the_schema_number_matches_the_encoded_records() {
        List<String> shape = new ArrayList<>();
        List<Class<?>> written = new ArrayList<>(List.of(
                Provenance.class,
                Attempt.class,
                QualityFlag.class,
                Instrument.class,
                QuoteDetails.class,
                SeriesDetails.class,
                SessionPrice.class,
                CorporateAction.Dividend.class,
                CorporateAction.Split.class,
                ShareRatio.class));
        for (Class<?> type : MarketData.class.getDeclaredClasses()) {
            // Lists of symbols are never cached.
            if (type.isRecord() && type != MarketData.Symbols.class && type != MarketData.ListedSymbol.class) {
                written.add(type);
            }
        }
        written.sort((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()));
        for (Class<?> type : written) {
            StringBuilder line = new StringBuilder(type.getSimpleName()).append('(');
            for (RecordComponent component : type.getRecordComponents()) {
                line.append(component.getName()).append(' ');
            }
            shape.add(line.toString().strip() + ")");
        }
        assertThat(BoundPayloadCodec.SCHEMA).isEqualTo(7);
        assertThat(shape)
                .containsExactly(
                        "Attempt(provider mode outcome detail took)",
                        "Candle(openTime open high low close volume quoteVolume trades complete)",
                        "Candles(listing interval candles gaps asOf adjustment actions)",
                        "Dividend(time amount)",
                        "Gap(from to missing)",
                        "Instrument(type base quote settle mic expiry rolling)",
                        "Level(price size)",
                        "Listing(instrument providerSymbol exchange zone priceUnit delay)",
                        "NewsItem(id published title summary url)",
                        "NewsItems(items asOf)",
                        "Observation(time value ratio)",
                        "OrderBook(listing bids asks sequence asOf)",
                        "Provenance(provider mode mockReason receivedAt freshness flags attempts)",
                        "QualityFlag(code detail)",
                        "Quote(listing price bid bidSize ask askSize open high low volume quoteVolume asOf details)",
                        "QuoteDetails(delay preMarket postMarket mark index fundingRate nextFunding openInterest)",
                        "Series(id title unit details adjustment observations asOf)",
                        "SeriesDetails(unitMultiplier frequency seasonalAdjustment)",
                        "SessionPrice(price time)",
                        "ShareRatio(newShares oldShares)",
                        "Split(time numerator denominator)",
                        "Trade(id time price size side)",
                        "Trades(listing trades asOf)");
    }
}
