package io.marketbrain.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.model.Instrument;
import io.marketbrain.model.Interval;
import io.marketbrain.model.MarketData;
import io.marketbrain.model.MarketData.Candles;
import io.marketbrain.model.MarketData.ListedSymbol;
import io.marketbrain.model.MarketData.OrderBook;
import io.marketbrain.model.MarketData.Quote;
import io.marketbrain.model.MarketData.Series;
import io.marketbrain.model.MarketData.Symbols;
import io.marketbrain.model.MarketData.Trade;
import io.marketbrain.model.MarketData.Trades;
import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.MarketQuery.BookQuery;
import io.marketbrain.model.MarketQuery.CandlesQuery;
import io.marketbrain.model.MarketQuery.QuoteQuery;
import io.marketbrain.model.MarketQuery.SeriesQuery;
import io.marketbrain.model.MarketQuery.SymbolsQuery;
import io.marketbrain.model.MarketQuery.TradesQuery;
import io.marketbrain.model.Mode;
import io.marketbrain.model.Outcome;
import io.marketbrain.model.ProviderId;
import io.marketbrain.model.QueryResult;
import io.marketbrain.provider.ProviderModule;
import io.marketbrain.provider.ProviderSource;
import io.marketbrain.provider.RawPayload;
import io.marketbrain.provider.TestCalls;
import io.marketbrain.provider.Transport;
import io.marketbrain.provider.descriptor.DescriptorReader;
import io.marketbrain.provider.drift.DriftGuard;
import io.marketbrain.security.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What exchanges document and few recordings have: values that are missing, null or empty, numbers instead of texts, other
 * markets, empty results and errors. Apostrophes stand for quotation marks.
 */
class ExchangeVariantsTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    @ParameterizedTest(name = "{0} {1} {2}: {5}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            binance       | quote   | BTC/USDT      | 200 | {'symbol':'BTCUSDT','price':'1.50'}                                                        | 1.50 bid null ask null volume null
            binance       | quote   | ETH/BTC       | 200 | [{'symbol':'LTCBTC','price':'4'},{'symbol':'ETHBTC','price':'0.07'}]                       | 0.07 bid null ask null volume null
            binance       | trades  | BTC/USDT      | 200 | []                                                                                          | 0 trades
            binance       | candles | BTC/USDT      | 200 | []                                                                                          | 0 candles
            binance       | book    | BTC/USDT      | 200 | {'lastUpdateId':7,'bids':[],'asks':[['2.0','3.0']]}                                        | 0 bids 1 asks
            binance       | quote   | BTC/USDT      | 418 | {'code':-1003,'msg':'IP banned until 1782864000000.'}                                      | Throttled
            kraken        | trades  | BTC/USD       | 200 | {'error':[],'result':{'XXBTZUSD':[['500.1','0.2',1391105295.1234,'s','m','']],'last':'1391105295123400000'}} | 1 trades 0.2@500.1 SELL
            kraken        | quote   | BTC/USD       | 200 | {'error':['EGeneral:Internal error']}                                                       | Faulty
            kraken        | quote   | BTC/USD       | 200 | {'error':['EService:Busy']}                                                                 | Faulty
            coinbaseadvanced | quote | BTC/USD      | 200 | {'data':{'amount':'1015.00','currency':'EUR'}}                                              | Untrusted
            coinbaseadvanced | trades | BTC/USD     | 200 | {'trades':[],'best_bid':'','best_ask':''}                                                   | 0 trades
            okx           | quote   | BTC/USDT      | 200 | {'code':'0','msg':'','data':[{'instType':'SPOT','instId':'BTC-USDT','last':'7','lastSz':'','askPx':'','askSz':'','bidPx':'6','bidSz':'1','open24h':'','high24h':'','low24h':'','volCcy24h':'0','vol24h':'0','ts':'1597026383085'}]} | 7 bid 6 ask null volume 0
            okx           | symbols | -             | 200 | {'code':'0','msg':'','data':[{'instId':'BTC-USDT-SWAP','instType':'SWAP','baseCcy':'','quoteCcy':'','ctVal':'0.01','state':'live'},{'instId':'BTC-USD-260925','instType':'FUTURES','baseCcy':'','quoteCcy':'','ctVal':'100','state':'live'}]} | BTC/USDT:USDT, BTC/USD:BTC-260925
            okx           | candles | BTC/USDT      | 200 | {'code':'0','msg':'','data':[]}                                                             | 0 candles
            okx           | quote   | BTC/USDT      | 429 | {'msg':'Too Many Requests','code':'50011'}                                                  | Throttled
            bybit         | quote   | BTCUSDT.P     | 200 | {'retCode':0,'retMsg':'OK','result':{'category':'linear','list':[{'symbol':'BTCUSDT','lastPrice':'9','indexPrice':'','markPrice':'9.1','prevPrice24h':'','highPrice24h':'10','lowPrice24h':'8','openInterest':'3','turnover24h':'1','volume24h':'2','fundingRate':'','nextFundingTime':'0','ask1Size':'','bid1Price':'8.9','ask1Price':'','bid1Size':'1'}]},'time':1672376496682} | 9 bid 8.9 ask null volume 2
            bybit         | symbols | -             | 200 | {'retCode':0,'retMsg':'OK','result':{'category':'linear','list':[{'symbol':'BTCUSDT','contractType':'LinearPerpetual','status':'Trading','baseCoin':'BTC','quoteCoin':'USDT','settleCoin':'USDT'}],'nextPageCursor':''},'time':1} | BTC/USDT:USDT
            bybit         | symbols | -             | 200 | {'retCode':0,'retMsg':'OK','result':{'category':'option','list':[{'symbol':'BTC-26JUN26-100000-C','status':'Trading','baseCoin':'BTC','quoteCoin':'USD'}]},'time':1} | Malformed
            bybit         | quote   | BTC/USDT      | 200 | {'retCode':10001,'retMsg':'Not supported symbols','result':{},'time':1}                     | UnknownInstrument
            kucoin        | quote   | BTC/USDT      | 200 | {'code':'200000','data':{'time':1,'symbol':'BTC-USDT','buy':null,'sell':null,'changeRate':'0','changePrice':'0','high':null,'low':null,'vol':'0','volValue':'0','last':null}} | Unsupported
            kucoin        | book    | BTC/USDT      | 200 | {'code':'200000','data':{'sequence':'1','time':1550653727731,'bids':[],'asks':[]}}           | 0 bids 0 asks
            kucoin        | quote   | BTC/USDT      | 200 | {'code':'400100','msg':'symbol not exists'}                                                 | UnknownInstrument
            kucoin        | trades  | BTC/USDT      | 200 | {'code':'200000','data':{'tradeType':'SPOT','list':[{'sequence':'1','price':'2','size':'3','side':'buy','ts':1550653727731000000}]}} | 1 trades 3@2 BUY
            kucoin        | trades  | BTC/USDT      | 200 | {'code':'200000','data':{'tradeType':'SPOT','symbol':'ETH-USDT','list':[{'sequence':'1','price':'2','size':'3','side':'buy','ts':1550653727731000000}]}} | Untrusted
            coinbase      | symbols | -             | 200 | [{'id':'BTC-USD','base_currency':'BTC','quote_currency':'USD','quote_increment':'0.01'},{'id':'BTCAUCTION-USD','base_currency':'BTC','quote_currency':'USD','quote_increment':'0.01'}] | BTC/USD
            bitstamp      | trades  | BTC/USD       | 200 | [{'date':'1357492264','tid':122260,'price':'13.06','amount':'28.7'}]                         | 1 trades 28.7@13.06 null
            bitstamp      | book    | BTC/USD       | 200 | {'timestamp':'1378816304','bids':[['1','2']],'asks':[]}                                      | 1 bids 0 asks
            gemini        | quote   | BTC/USD       | 200 | {'bid':null,'ask':'977.59','last':'977.65','volume':{'BTC':'2','USD':'3','timestamp':1483018200000}} | 977.65 bid null ask 977.59 volume 2
            gemini        | trades  | BTC/USD       | 200 | [{'timestamp':1,'timestampms':1547146811357,'tid':5335307668,'price':'3610.85','amount':'0.27','exchange':'gemini','type':'auction'}] | 1 trades 0.27@3610.85 null
            bitfinex      | candles | BTC/USD       | 200 | [1678465320000,20097,20094,20097,20094,0.07]                                                | 1 candles
            bitfinex      | symbols | -             | 200 | [['BTCUSD','DOGE:USD'],['BTCF0:USTF0']]                                                      | BTC/USD, DOGE/USD, BTC/USDT:USDT
            bitfinex      | quote   | BTC/USD       | 200 | [10654,53.62,10655,76.68,-253,-0.02,10655,14062.9,10920,10500]                               | 10655 bid 10654 ask 10655 volume 14062.9
            bitfinex      | quote   | BTC/USD       | 400 | {'message':'Unknown symbol'}                                                                | UnknownInstrument
            gate          | quote   | BTC_USDT.P    | 200 | [{'contract':'BTC_USDT','last':'6432','low_24h':'6278','high_24h':'6790','total_size':'32323904','volume_24h_base':'4','volume_24h_quote':'5','mark_price':'6534','funding_rate':'0.0003','index_price':'6531'}] | 6432 bid null ask null volume 4
            gate          | candles | BTC_USDT.P    | 200 | [{'t':1539852480,'v':97151,'c':'1.032','h':'1.032','l':'1.032','o':'1.032'}]                 | 1 candles
            gate          | candles | BTC/USDT      | 200 | [['1539852480','971519.677','0.0021724','0.0021922','0.0021724','0.0021737','9.5']]          | 1 candles
            gate          | trades  | BTC/USDT      | 200 | [{'id':'1','create_time':'1548000000','side':'buy','amount':'0','price':'0.03'},{'id':'2','create_time':'1548000001','side':'sell','amount':'0.15','price':'0.03'}] | 1 trades 0.15@0.03 SELL
            gate          | symbols | -             | 200 | {'id':'ETH_USDT','base':'ETH','quote':'USDT','trade_status':'tradable'}                      | ETH/USDT
            htx           | quote   | BTC/USDT      | 200 | {'ch':'market.btcusdt.detail.merged','status':'ok','ts':1629788763750,'tick':{'id':1,'open':'2','close':3,'low':2,'high':4,'amount':5,'vol':6,'count':1,'bid':null,'ask':[3.1,2]}} | 3 bid null ask 3.1 volume 5
            htx           | symbols | -             | 200 | {'status':'ok','data':[{'base-currency':'etc','quote-currency':'btc','price-precision':6}]}  | ETC/BTC
            mexc          | book    | BTC/USDT      | 200 | {'code':200,'data':{'asks':[{'price':'2','quantity':'1'}],'bids':[]}}                         | 0 bids 1 asks
            mexc          | candles | BTC/USDT      | 200 | []                                                                                          | 0 candles
            mexc          | quote   | BTC/USDT      | 200 | [{'symbol':'ETHUSDT','price':'2'},{'symbol':'BTCUSDT','price':'200.5'}]                      | 200.5 bid null ask null volume null
            mexc          | symbols | -             | 200 | {'success':true,'code':0,'data':[{'symbol':'BTC_USDT','baseCoin':'BTC','quoteCoin':'USDT','settleCoin':'USDT','contractSize':0.0001,'state':0},{'symbol':'BTC_USD','baseCoin':'BTC','quoteCoin':'USD','settleCoin':'BTC','contractSize':100,'state':0}]} | BTC/USDT:USDT, BTC/USD:BTC
            bitstamp      | quote   | BTC/USD       | 200 | [{'pair':'ETH/USD','last':'2','bid':'1','ask':'3','open':'2','high':'3','low':'1','volume':'9','timestamp':'1643640186'},{'pair':'BTC/USD','last':'2211.00','bid':'2188.97','ask':'2211.00','open':'2211.00','high':'2811.00','low':'2188.97','volume':'213.26','timestamp':'1643640186'}] | 2211.00 bid 2188.97 ask 2211.00 volume 213.26
            htx           | quote   | BTC/USDT      | 200 | {'ch':'market.btcusdt.detail','status':'ok','ts':1629788763750,'tick':{'id':1,'open':'2','close':3,'low':2,'high':4,'amount':5,'vol':6,'count':1}} | 3 bid null ask null volume 5
            coinbaseadvanced | symbols | -          | 200 | {'product_id':'BTC-USD','price':'140.21','price_percentage_change_24h':'9','base_currency_id':'BTC','quote_currency_id':'USD','is_disabled':false} | BTC/USD
            cryptocom     | quote   | BTC/USD       | 200 | {'id':-1,'method':'public/get-tickers','code':0,'result':{'data':[{'i':'BTC_USD','h':null,'l':null,'a':'7','v':'0','c':null,'b':null,'k':'8','t':1613580710768}]}} | 7 bid null ask 8 volume 0
            cryptocom     | quote   | BTC/USD       | 200 | {'code':0,'result':{'data':{'i':'BTC_USD','b':1,'k':3,'a':2,'t':1613580710768,'v':4,'h':5,'l':1}}} | 2 bid 1 ask 3 volume 4
            cryptocom     | symbols | -             | 200 | {'code':0,'result':{'data':[{'symbol':'BTCUSD-PERP','inst_type':'PERPETUAL_SWAP','base_ccy':'BTC','quote_ccy':'USD','tradable':true},{'symbol':'BTC_USDT','inst_type':'CCY_PAIR','base_ccy':'BTC','quote_ccy':'USDT','tradable':true}]}} | BTC/USD:USD, BTC/USDT
            bitget        | quote   | BTC/USDT      | 200 | {'code':'00000','msg':'success','data':[]}                                                  | UnknownInstrument
            bitget        | symbols | -             | 200 | {'code':'00000','data':[{'symbol':'BTCUSDT','baseCoin':'BTC','quoteCoin':'USDT','supportMarginCoins':['USDT'],'symbolType':'perpetual','symbolStatus':'normal'}]} | BTC/USDT:USDT
            deribit       | quote   | BTC-PERPETUAL | 200 | {'jsonrpc':'2.0','result':{'timestamp':1550652954406,'stats':{'volume':null,'low':null,'high':null},'state':'open','settlement_price':1,'open_interest':0,'min_price':1,'max_price':2,'mark_price':3933,'last_price':3940,'instrument_name':'BTC-PERPETUAL','index_price':3910,'best_bid_price':0,'best_bid_amount':0,'best_ask_price':3945,'best_ask_amount':40}} | 3940 bid null ask 3945 volume null
            deribit       | candles | BTC-PERPETUAL | 200 | {'jsonrpc':'2.0','result':{'volume':[],'ticks':[],'status':'no_data','open':[],'low':[],'high':[],'cost':[],'close':[]}} | 0 candles
            hyperliquid   | book    | BTC           | 200 | [[{'px':'1','sz':'1','n':1}],[]]                                                             | 1 bids 0 asks
            okx           | mark    | BTC-USDT-SWAP | 200 | {'code':'0','msg':'','data':[]}                                                             | UnknownInstrument
            okx           | marks   | BTC-USDT-SWAP | 200 | {'code':'0','msg':'','data':[]}                                                             | 0 values
            bybit         | mark    | BTCUSDT.P     | 200 | {'retCode':0,'retMsg':'OK','result':{'category':'linear','list':[]},'time':1}               | UnknownInstrument
            bybit         | marks   | BTCUSDT.P     | 200 | {'retCode':0,'retMsg':'OK','result':{'category':'linear','symbol':'BTCUSDT','list':[]},'time':1} | 0 values
            binancefutures | mark   | BTCUSDT       | 200 | []                                                                                          | UnknownInstrument
            binancefutures | marks  | BTCUSDT       | 200 | []                                                                                          | 0 values
            binancefutures | mark   | BTCUSD_PERP   | 200 | []                                                                                          | UnknownInstrument
            binancefutures | marks  | BTCUSD_PERP   | 200 | []                                                                                          | 0 values
            coinpaprika   | quote   | BTC/USD       | 200 | {'id':'btc-bitcoin','symbol':'BTC','last_updated':'2022-01-30T18:23:08Z','quotes':{'USD':{'price':1.5,'volume_24h':2}}} | 1.5 bid null ask null volume null
            coingecko     | quote   | BTC/USD       | 200 | [{'id':'bitcoin','symbol':'btc','current_price':null,'total_volume':null,'high_24h':null,'low_24h':null,'last_updated':'2022-01-29T18:15:04.214Z'}] | Unsupported
            """)
    void a_documented_variant_is_read(
            String provider, String operation, String symbol, int status, String body, String expected) {
        ProviderModule module = BuiltInProviders.module(DescriptorReader.builtIn(provider));
        MarketQuery query = query(module, operation, symbol);
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Transport transport = (_, _) -> Outcome.success(new RawPayload(status, Map.of(), bytes, NOW));
        DriftGuard guard = DriftGuard.of(module.id(), new KnownSecrets(List.of()), () -> 0);

        Outcome<QueryResult> outcome = new ProviderSource(module, Mode.LIVE, transport, guard, Optional.empty())
                .fetch(query, TestCalls.patient());

        assertThat(text(outcome)).isEqualTo(expected);
    }

    private static MarketQuery query(ProviderModule module, String operation, String symbol) {
        ProviderId id = module.id();
        if (operation.equals("symbols")) {
            return new SymbolsQuery(id);
        }
        Instrument instrument = ((Outcome.Success<Instrument>) module.symbols().parse(symbol)).value();
        return switch (operation) {
            case "quote" -> new QuoteQuery(id, instrument, null);
            case "book" -> new BookQuery(id, instrument, 100, null);
            case "trades" -> new TradesQuery(id, instrument, 100, null);
            case "mark" -> new SeriesQuery(id, "mark_price:" + instrument.unified(), null, null, 10);
            case "marks" -> new SeriesQuery(id, "mark_price:" + instrument.unified(), NOW.minusSeconds(600), NOW, 10);
            default -> new CandlesQuery(id, instrument, Interval.M1, NOW.minusSeconds(600), NOW, 10);
        };
    }

    private static String text(Outcome<QueryResult> outcome) {
        return switch (outcome) {
            case Outcome.Failed<QueryResult>(var failure) -> failure.getClass().getSimpleName();
            case Outcome.Success<QueryResult>(QueryResult result) -> text(result.data());
        };
    }

    private static String text(MarketData data) {
        return switch (data) {
            case Quote q -> q.price() + " bid " + q.bid() + " ask " + q.ask() + " volume " + q.volume();
            case Candles candles -> candles.candles().size() + " candles";
            case Series series -> series.observations().size() + " values";
            case OrderBook book -> book.bids().size() + " bids " + book.asks().size() + " asks";
            case Trades trades ->
                trades.trades().size()
                        + " trades"
                        + trades.trades().stream()
                                .map(ExchangeVariantsTest::text)
                                .collect(Collectors.joining());
            case Symbols list ->
                list.symbols().stream()
                        .map(ListedSymbol::instrument)
                        .map(Instrument::unified)
                        .collect(Collectors.joining(", "));
            default -> throw new IllegalStateException("no text of " + data);
        };
    }

    private static String text(Trade trade) {
        return " " + trade.size() + "@" + trade.price() + " " + trade.side();
    }
}
