package io.marketbrain.pipeline.cache.tier;

import static io.marketbrain.model.size.ObjectSize.REFERENCE;
import static io.marketbrain.model.size.ObjectSize.decimal;
import static io.marketbrain.model.size.ObjectSize.instant;
import static io.marketbrain.model.size.ObjectSize.number;
import static io.marketbrain.model.size.ObjectSize.object;
import static io.marketbrain.model.size.ObjectSize.text;

import io.marketbrain.model.Attempt;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.pipeline.cache.policy.CacheEntry;
import io.marketbrain.pipeline.cache.policy.CacheKey;
import io.marketbrain.pipeline.cache.policy.CacheSlot;
import io.marketbrain.pipeline.cache.policy.NegativeEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the heap size of cached data in bytes: every number, text and list in it. A test compares the estimates with
 * the heap. Texts that entries may share, such as a venue's name, are counted for each. Pure.
 */
public final class HeapSize {
    private static final long QUOTE = object(13 * REFERENCE);
    private static final long QUOTE_DETAILS = object(8 * REFERENCE);
    private static final long SESSION_PRICE = object(2 * REFERENCE);
    private static final long DURATION = object(Long.BYTES + Integer.BYTES);
    private static final long ACTION = REFERENCE + object(3 * REFERENCE);
    private static final long CANDLE = REFERENCE + object(8 * REFERENCE + 1);
    private static final long GAP = REFERENCE + object(2 * REFERENCE + 8) + 2 * 24;
    private static final long LEVEL = REFERENCE + object(2 * REFERENCE);
    private static final long TRADE = REFERENCE + object(5 * REFERENCE);
    private static final long OBSERVATION = REFERENCE + object(3 * REFERENCE);
    private static final long SHARE_RATIO = object(2 * REFERENCE);
    private static final long NEWS_ITEM = REFERENCE + object(5 * REFERENCE);
    private static final long LISTED_SYMBOL = REFERENCE + object(2 * REFERENCE);
    private static final long INSTRUMENT = object(6 * REFERENCE);
    private static final long LOCAL_DATE = object(2 * Integer.BYTES);
    private static final long LISTING = object(5 * REFERENCE);
    private static final long RESULT = object(5 * REFERENCE);
    private static final long CANDLES = object(7 * REFERENCE);
    private static final long LIST = object(REFERENCE + 1) + 16;
    private static final long ATTEMPT = REFERENCE + object(5 * REFERENCE) + 24;
    private static final long FLAG = REFERENCE + object(2 * REFERENCE);

    /** The cache library's node and the map's, a query and a key. */
    private static final long KEY = 200;

    /** An entry, its time stamps, its result and provenance, and the place for a rendered response. */
    private static final long ENTRY = 336;

    private static final long NEGATIVE_ENTRY = 72;

    private HeapSize() {}

    private static long details(SeriesDetails details) {
        return details.equals(SeriesDetails.NONE)
                ? 0
                : object(3 * REFERENCE)
                        + decimal(details.unitMultiplier())
                        + text(details.frequency())
                        + text(details.seasonalAdjustment());
    }

    /** The size of data without the object around it. */
    public static int estimate(MarketData data) {
        long bytes = switch (data) {
            case Quote q -> quote(q);
            case Candles c ->
                CANDLES
                        + listing(c.listing())
                        + candles(c.candles())
                        + GAP * c.gaps().size()
                        + actions(c.actions())
                        + instant(c.asOf());
            case OrderBook b ->
                RESULT
                        + listing(b.listing())
                        + levels(b.bids())
                        + levels(b.asks())
                        + number(b.sequence())
                        + instant(b.asOf());
            case Trades t -> RESULT + listing(t.listing()) + trades(t.trades()) + instant(t.asOf());
            case Series s ->
                RESULT
                        + text(s.id())
                        + text(s.title())
                        + text(s.unit())
                        + details(s.details())
                        + observations(s.observations())
                        + instant(s.asOf());
            case NewsItems n -> RESULT + news(n.items()) + instant(n.asOf());
            case Symbols s -> RESULT + symbols(s.symbols());
        };
        return Math.clamp(bytes, 0, Integer.MAX_VALUE);
    }

    /** The size of an entry of a tier: its key, and its data with provenance and rendered response, or its failure. */
    static long of(CacheKey key, CacheSlot slot) {
        return KEY
                + subject(key.query(), slot)
                + switch (slot) {
                    case CacheEntry entry -> ENTRY + provenance(entry.answer().provenance()) + entry.bytes();
                    case NegativeEntry negative -> NEGATIVE_ENTRY + negative.bytes();
                };
    }

    /** What a key refers to; the data of an entry usually refers to the same instrument. */
    @SuppressWarnings("ReferenceEquality") // identity is intended: the same object takes memory once
    private static long subject(MarketQuery query, CacheSlot slot) {
        if (!(query instanceof MarketQuery.OfInstrument of)) {
            return text(query.subject());
        }
        boolean shared = slot instanceof CacheEntry entry
                && entry.answer().data() instanceof MarketData.OfInstrument data
                && data.listing().instrument() == of.instrument();
        return shared ? 0 : instrument(of.instrument());
    }

    private static long provenance(Provenance provenance) {
        long bytes = text(provenance.mockReason());
        for (QualityFlag flag : provenance.flags()) {
            bytes += FLAG + text(flag.code()) + text(flag.detail());
        }
        for (Attempt attempt : provenance.attempts()) {
            bytes += ATTEMPT + text(attempt.detail());
        }
        return bytes;
    }

    private static long quote(Quote q) {
        return QUOTE
                + listing(q.listing())
                + decimal(q.price())
                + decimal(q.bid())
                + decimal(q.bidSize())
                + decimal(q.ask())
                + decimal(q.askSize())
                + decimal(q.open())
                + decimal(q.high())
                + decimal(q.low())
                + decimal(q.volume())
                + decimal(q.quoteVolume())
                + instant(q.asOf())
                + details(q.details());
    }

    private static long details(QuoteDetails details) {
        return details.equals(QuoteDetails.NONE)
                ? 0
                : QUOTE_DETAILS
                        + (details.delay() == null ? 0 : DURATION)
                        + session(details.preMarket())
                        + session(details.postMarket())
                        + decimal(details.mark())
                        + decimal(details.index())
                        + decimal(details.fundingRate())
                        + instant(details.nextFunding())
                        + decimal(details.openInterest());
    }

    private static long session(@Nullable SessionPrice session) {
        return session == null ? 0 : SESSION_PRICE + decimal(session.price()) + instant(session.time());
    }

    private static long actions(List<CorporateAction> actions) {
        long bytes = 0;
        for (CorporateAction action : actions) {
            bytes += ACTION
                    + instant(action.time())
                    + switch (action) {
                        case CorporateAction.Dividend dividend -> decimal(dividend.amount());
                        case CorporateAction.Split split -> decimal(split.numerator()) + decimal(split.denominator());
                    };
        }
        return bytes;
    }

    @SuppressWarnings("ReferenceEquality") // identity is intended: the same object takes memory once
    private static long listing(Listing listing) {
        return LISTING
                + instrument(listing.instrument())
                + text(listing.providerSymbol())
                + text(listing.exchange())
                + text(listing.zone())
                + (listing.priceUnit() == listing.instrument().quote() ? 0 : text(listing.priceUnit()));
    }

    private static long instrument(Instrument instrument) {
        return INSTRUMENT
                + text(instrument.base())
                + text(instrument.quote())
                + text(instrument.settle())
                + text(instrument.mic())
                + text(instrument.rolling())
                + (instrument.expiry() == null ? 0 : LOCAL_DATE);
    }

    private static long candles(List<Candle> candles) {
        long bytes = LIST;
        for (Candle c : candles) {
            bytes += CANDLE
                    + instant(c.openTime())
                    + decimal(c.open())
                    + decimal(c.high())
                    + decimal(c.low())
                    + decimal(c.close())
                    + decimal(c.volume())
                    + decimal(c.quoteVolume())
                    + number(c.trades());
        }
        return bytes;
    }

    private static long levels(List<Level> levels) {
        long bytes = LIST;
        for (Level level : levels) {
            bytes += LEVEL + decimal(level.price()) + decimal(level.size());
        }
        return bytes;
    }

    private static long trades(List<Trade> trades) {
        long bytes = LIST;
        for (Trade t : trades) {
            bytes += TRADE + text(t.id()) + instant(t.time()) + decimal(t.price()) + decimal(t.size());
        }
        return bytes;
    }

    private static long observations(List<Observation> observations) {
        long bytes = LIST;
        for (Observation o : observations) {
            bytes += OBSERVATION + instant(o.time()) + decimal(o.value());
            if (o.ratio() != null) {
                bytes += SHARE_RATIO
                        + decimal(o.ratio().newShares())
                        + decimal(o.ratio().oldShares());
            }
        }
        return bytes;
    }

    private static long news(List<NewsItem> items) {
        long bytes = LIST;
        for (NewsItem item : items) {
            bytes += NEWS_ITEM
                    + text(item.id())
                    + instant(item.published())
                    + text(item.title())
                    + text(item.summary())
                    + text(item.url());
        }
        return bytes;
    }

    private static long symbols(List<ListedSymbol> symbols) {
        long bytes = LIST;
        for (ListedSymbol symbol : symbols) {
            bytes += LISTED_SYMBOL + text(symbol.providerSymbol()) + instrument(symbol.instrument());
        }
        return bytes;
    }
}
