package io.marketbrain.pipeline.cache.tier;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Attempt;
import io.marketbrain.model.Freshness;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candle;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.Gap;
import io.marketbrain.model.MarketData.Level;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.MarketData.NewsItem;
import io.marketbrain.model.MarketData.NewsItems;
import io.marketbrain.model.MarketData.Observation;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Side;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Operation;
import io.marketbrain.model.Provenance;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.QueryResult;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.model.price.CorporateAction;
import io.marketbrain.model.price.CorporateAction.Dividend;
import io.marketbrain.model.price.CorporateAction.Split;
import io.marketbrain.model.price.QuoteDetails;
import io.marketbrain.model.price.SeriesDetails;
import io.marketbrain.model.price.SessionPrice;
import io.marketbrain.model.price.ShareRatio;
import io.marketbrain.pipeline.MarketDataPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Encodes answers as bytes, losslessly and compactly. Decoding accepts any bytes and returns empty for anything that is not an encoded answer; what it allocates is in proportion to the bytes and to the records requested. Pure.
 */
final class QueryResultCodec {
    /** The most quality flags, and the most attempts, of an answer. */
    private static final int MAX_NOTES = 100;

    private QueryResultCodec() {}

    static byte[] encode(QueryResult answer) {
        var out = new ByteWriter();
        write(out, answer.provenance());
        write(out, answer.data());
        return out.bytes();
    }

    /** @param maxRecords the most candles, trades, levels per side, observations or items */
    static Optional<QueryResult> decode(byte[] bytes, long maxRecords) {
        try {
            var in = new ByteReader(bytes);
            Provenance provenance = provenance(in);
            MarketData data = data(in, maxRecords);
            return in.atEnd() ? Optional.of(new QueryResult(data, provenance)) : Optional.empty();
        } catch (RuntimeException invalid) {
            // The bytes are untrusted input: the records validate themselves, and any exception means an invalid value.
            return Optional.empty();
        }
    }

    private static void write(ByteWriter out, Provenance p) {
        out.text(p.provider().value())
                .choice(p.mode())
                .maybe(p.mockReason(), ByteWriter::text)
                .instant(p.receivedAt())
                .choice(p.freshness())
                .list(p.flags(), (o, flag) -> o.text(flag.code()).text(flag.detail()))
                .list(p.attempts(), QueryResultCodec::write);
    }

    private static Provenance provenance(ByteReader in) {
        return new Provenance(
                new ProviderId(in.text()),
                in.choice(Mode.class),
                in.maybe(ByteReader::text),
                in.instant(),
                in.choice(Freshness.class),
                in.list(MAX_NOTES, 2, i -> new QualityFlag(i.text(), i.text())),
                in.list(MAX_NOTES, 10, QueryResultCodec::attempt));
    }

    private static void write(ByteWriter out, Attempt a) {
        out.text(a.provider().value())
                .choice(a.mode())
                .text(a.outcome())
                .text(a.detail())
                .number(a.took().toNanos());
    }

    private static Attempt attempt(ByteReader in) {
        return new Attempt(
                new ProviderId(in.text()), in.choice(Mode.class), in.text(), in.text(), Duration.ofNanos(in.number()));
    }

    static void write(ByteWriter out, MarketData data) {
        switch (data) {
            case Quote q -> {
                write(out.choice(Operation.QUOTE), q.listing());
                out.decimal(q.price())
                        .maybe(q.bid(), ByteWriter::decimal)
                        .maybe(q.bidSize(), ByteWriter::decimal)
                        .maybe(q.ask(), ByteWriter::decimal)
                        .maybe(q.askSize(), ByteWriter::decimal)
                        .maybe(q.open(), ByteWriter::decimal)
                        .maybe(q.high(), ByteWriter::decimal)
                        .maybe(q.low(), ByteWriter::decimal)
                        .maybe(q.volume(), ByteWriter::decimal)
                        .maybe(q.quoteVolume(), ByteWriter::decimal)
                        .maybe(q.asOf(), ByteWriter::instant)
                        .maybe(q.details().equals(QuoteDetails.NONE) ? null : q.details(), QueryResultCodec::write);
            }
            case Candles c -> {
                write(out.choice(Operation.CANDLES), c.listing());
                out.text(c.interval().wire())
                        .list(c.candles(), QueryResultCodec::write)
                        .list(
                                c.gaps(),
                                (o, gap) ->
                                        o.instant(gap.from()).instant(gap.to()).number(gap.missing()))
                        .maybe(c.asOf(), ByteWriter::instant)
                        .maybe(c.adjustment(), ByteWriter::choice)
                        .list(c.actions(), QueryResultCodec::write);
            }
            case OrderBook b -> {
                write(out.choice(Operation.BOOK), b.listing());
                out.list(b.bids(), QueryResultCodec::write)
                        .list(b.asks(), QueryResultCodec::write)
                        .maybe(b.sequence(), ByteWriter::number)
                        .maybe(b.asOf(), ByteWriter::instant);
            }
            case Trades t -> {
                write(out.choice(Operation.TRADES), t.listing());
                out.list(t.trades(), QueryResultCodec::write).maybe(t.asOf(), ByteWriter::instant);
            }
            case Series s ->
                out.choice(Operation.SERIES)
                        .text(s.id())
                        .text(s.title())
                        .maybe(s.unit(), ByteWriter::text)
                        .maybe(s.details().unitMultiplier(), ByteWriter::decimal)
                        .maybe(s.details().frequency(), ByteWriter::text)
                        .maybe(s.details().seasonalAdjustment(), ByteWriter::text)
                        .maybe(s.adjustment(), ByteWriter::choice)
                        .list(
                                s.observations(),
                                (o, seen) -> o.instant(seen.time())
                                        .maybe(seen.value(), ByteWriter::decimal)
                                        .maybe(
                                                seen.ratio(),
                                                (w, ratio) -> w.decimal(ratio.newShares())
                                                        .decimal(ratio.oldShares())))
                        .maybe(s.asOf(), ByteWriter::instant);
            case NewsItems n ->
                out.choice(Operation.NEWS)
                        .list(n.items(), QueryResultCodec::write)
                        .maybe(n.asOf(), ByteWriter::instant);
            case Symbols _ -> throw new IllegalArgumentException("lists of symbols are not cached");
        }
    }

    static MarketData data(ByteReader in, long most) {
        return switch (in.choice(Operation.class)) {
            case QUOTE ->
                new Quote(
                        listing(in),
                        in.decimal(),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::decimal),
                        in.maybe(ByteReader::instant),
                        Objects.requireNonNullElse(in.maybe(QueryResultCodec::details), QuoteDetails.NONE));
            case CANDLES ->
                new Candles(
                        listing(in),
                        Interval.find(in.text()).orElseThrow(),
                        in.list(most, 18, QueryResultCodec::candle),
                        in.list(most + 1, 5, i -> new Gap(i.instant(), i.instant(), i.number())),
                        in.maybe(ByteReader::instant),
                        in.maybe(i -> i.choice(Adjustment.class)),
                        in.list(MarketDataPolicy.MOST_ACTIONS, 6, QueryResultCodec::action));
            case BOOK ->
                new OrderBook(
                        listing(in),
                        in.list(most, 6, QueryResultCodec::level),
                        in.list(most, 6, QueryResultCodec::level),
                        in.maybe(ByteReader::number),
                        in.maybe(ByteReader::instant));
            case TRADES ->
                new Trades(listing(in), in.list(most, 10, QueryResultCodec::trade), in.maybe(ByteReader::instant));
            case SERIES ->
                new Series(
                        in.text(),
                        in.text(),
                        in.maybe(ByteReader::text),
                        new SeriesDetails(
                                in.maybe(ByteReader::decimal), in.maybe(ByteReader::text), in.maybe(ByteReader::text)),
                        in.maybe(i -> i.choice(Adjustment.class)),
                        in.list(
                                most,
                                4,
                                i -> new Observation(
                                        i.instant(),
                                        i.maybe(ByteReader::decimal),
                                        i.maybe(r -> new ShareRatio(r.decimal(), r.decimal())))),
                        in.maybe(ByteReader::instant));
            case NEWS -> new NewsItems(in.list(most, 6, QueryResultCodec::newsItem), in.maybe(ByteReader::instant));
            case SYMBOLS -> throw new IllegalArgumentException("lists of symbols are not cached");
        };
    }

    private static void write(ByteWriter out, Listing listing) {
        Instrument instrument = listing.instrument();
        out.choice(instrument.type())
                .text(instrument.base())
                .text(instrument.quote())
                .maybe(instrument.settle(), ByteWriter::text)
                .maybe(instrument.mic(), ByteWriter::text)
                .maybe(instrument.expiry(), (o, day) -> o.number(day.toEpochDay()))
                .maybe(instrument.rolling(), ByteWriter::text)
                .text(listing.providerSymbol())
                .text(listing.exchange())
                .text(listing.zone())
                .text(listing.priceUnit())
                .maybe(listing.delay(), (o, delay) -> o.number(delay.toSeconds()));
    }

    private static Listing listing(ByteReader in) {
        var instrument = new Instrument(
                in.choice(AssetType.class),
                in.text(),
                in.text(),
                in.maybe(ByteReader::text),
                in.maybe(ByteReader::text),
                in.maybe(i -> LocalDate.ofEpochDay(i.number())),
                in.maybe(ByteReader::text));
        return new Listing(
                instrument, in.text(), in.text(), in.text(), in.text(), in.maybe(i -> Duration.ofSeconds(i.number())));
    }

    private static void write(ByteWriter out, Candle c) {
        out.instant(c.openTime())
                .decimal(c.open())
                .decimal(c.high())
                .decimal(c.low())
                .decimal(c.close())
                .maybe(c.volume(), ByteWriter::decimal)
                .maybe(c.quoteVolume(), ByteWriter::decimal)
                .maybe(c.trades(), ByteWriter::number)
                .flag(c.complete());
    }

    private static Candle candle(ByteReader in) {
        return new Candle(
                in.instant(),
                in.decimal(),
                in.decimal(),
                in.decimal(),
                in.decimal(),
                in.maybe(ByteReader::decimal),
                in.maybe(ByteReader::decimal),
                in.maybe(ByteReader::number),
                in.flag());
    }

    private static void write(ByteWriter out, QuoteDetails details) {
        out.maybe(details.delay(), (o, delay) -> o.number(delay.toNanos()))
                .maybe(details.preMarket(), QueryResultCodec::write)
                .maybe(details.postMarket(), QueryResultCodec::write)
                .maybe(details.mark(), ByteWriter::decimal)
                .maybe(details.index(), ByteWriter::decimal)
                .maybe(details.fundingRate(), ByteWriter::decimal)
                .maybe(details.nextFunding(), ByteWriter::instant)
                .maybe(details.openInterest(), ByteWriter::decimal);
    }

    private static QuoteDetails details(ByteReader in) {
        return new QuoteDetails(
                in.maybe(i -> Duration.ofNanos(i.number())),
                in.maybe(QueryResultCodec::session),
                in.maybe(QueryResultCodec::session),
                in.maybe(ByteReader::decimal),
                in.maybe(ByteReader::decimal),
                in.maybe(ByteReader::decimal),
                in.maybe(ByteReader::instant),
                in.maybe(ByteReader::decimal));
    }

    private static void write(ByteWriter out, SessionPrice session) {
        out.decimal(session.price()).maybe(session.time(), ByteWriter::instant);
    }

    private static SessionPrice session(ByteReader in) {
        return new SessionPrice(in.decimal(), in.maybe(ByteReader::instant));
    }

    private static void write(ByteWriter out, CorporateAction action) {
        out.instant(action.time());
        switch (action) {
            case Dividend dividend -> out.flag(true).decimal(dividend.amount());
            case Split split -> out.flag(false).decimal(split.numerator()).decimal(split.denominator());
        }
    }

    private static CorporateAction action(ByteReader in) {
        Instant time = in.instant();
        return in.flag() ? new Dividend(time, in.decimal()) : new Split(time, in.decimal(), in.decimal());
    }

    private static void write(ByteWriter out, Level level) {
        out.decimal(level.price()).decimal(level.size());
    }

    private static Level level(ByteReader in) {
        return new Level(in.decimal(), in.decimal());
    }

    private static void write(ByteWriter out, Trade t) {
        out.text(t.id()).instant(t.time()).decimal(t.price()).decimal(t.size()).maybe(t.side(), ByteWriter::choice);
    }

    private static Trade trade(ByteReader in) {
        return new Trade(in.text(), in.instant(), in.decimal(), in.decimal(), in.maybe(i -> i.choice(Side.class)));
    }

    private static void write(ByteWriter out, NewsItem item) {
        out.text(item.id())
                .instant(item.published())
                .text(item.title())
                .maybe(item.summary(), ByteWriter::text)
                .maybe(item.url(), ByteWriter::text);
    }

    private static NewsItem newsItem(ByteReader in) {
        return new NewsItem(in.text(), in.instant(), in.text(), in.maybe(ByteReader::text), in.maybe(ByteReader::text));
    }
}
