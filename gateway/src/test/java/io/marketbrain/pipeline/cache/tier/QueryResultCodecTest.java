package io.marketbrain.pipeline.cache.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.CacheStatus;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.pipeline.cache.CacheSamples;
import io.marketbrain.pipeline.cache.RandomResults;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryResultCodecTest {

    @Test
    void decoding_returns_what_was_encoded() {
        for (long seed = 0; seed < 5000; seed++) {
            QueryResult answer = new RandomResults(seed).answer();
            assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer)))
                    .as("seed %s", seed)
                    .contains(answer);
        }
    }

    @Test
    void trailing_zeros_of_decimals_are_preserved() {
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "50123.4500"));
        var read = QueryResultCodec.decode(QueryResultCodec.encode(answer)).orElseThrow();
        assertThat(((MarketData.Quote) read.data()).price().toPlainString()).isEqualTo("50123.4500");
    }

    @Test
    void cache_notes_are_not_encoded() {
        QueryResult answer = CacheSamples.answer(CacheSamples.quoteOf("BTC", "1"));
        assertThat(QueryResultCodec.decode(QueryResultCodec.encode(answer))
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
            QueryResultCodec.decode(bytes);
            if (bytes.length > 1) {
                bytes[0] = QueryResultCodec.SCHEMA << 1;
                QueryResultCodec.decode(bytes);
            }
        }
    }

    @Test
    void truncated_or_flipped_bytes_decode_to_an_answer_or_empty() {
        var random = new Random(11);
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = QueryResultCodec.encode(new RandomResults(seed).answer());
            for (int length = 0; length < bytes.length; length++) {
                assertThat(QueryResultCodec.decode(Arrays.copyOf(bytes, length)))
                        .isEmpty();
            }
            for (int i = 0; i < 50; i++) {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                QueryResultCodec.decode(flipped);
            }
        }
    }

    @Test
    void another_schema_version_decodes_to_empty() {
        byte[] bytes = QueryResultCodec.encode(new RandomResults(1).answer());
        bytes[0] = (byte) ((QueryResultCodec.SCHEMA + 1) << 1);
        assertThat(QueryResultCodec.decode(bytes)).isEmpty();
    }

    /**
     * Fails when an encoded record changes. In that case adapt {@link QueryResultCodec}, increment {@link QueryResultCodec#SCHEMA}, and update the shape and the number here.
     */
    @Test
    void the_schema_number_matches_the_encoded_records() {
        List<String> shape = new ArrayList<>();
        List<Class<?>> written =
                new ArrayList<>(List.of(Provenance.class, Attempt.class, QualityFlag.class, Instrument.class));
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
        assertThat(QueryResultCodec.SCHEMA).isEqualTo(1);
        assertThat(shape)
                .containsExactly(
                        "Attempt(provider mode outcome detail took)",
                        "Candle(openTime open high low close volume quoteVolume trades complete)",
                        "Candles(listing interval candles gaps asOf)",
                        "Gap(from to missing)",
                        "Instrument(type base quote settle mic)",
                        "Level(price size)",
                        "Listing(instrument providerSymbol exchange zone priceUnit)",
                        "NewsItem(id published title summary url)",
                        "NewsItems(items asOf)",
                        "Observation(time value)",
                        "OrderBook(listing bids asks sequence asOf)",
                        "Provenance(provider mode mockReason receivedAt freshness flags attempts)",
                        "QualityFlag(code detail)",
                        "Quote(listing price bid bidSize ask askSize open high low volume quoteVolume asOf)",
                        "Series(id title unit observations asOf)",
                        "Trade(id time price size side)",
                        "Trades(listing trades asOf)");
    }
}
