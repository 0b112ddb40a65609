package io.marketbrain.provider.registry;

import io.marketbrain.model.AssetType;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.price.CurrencyCodes;
import io.marketbrain.model.text.SymbolText;
import io.marketbrain.provider.symbols.KnownCoins;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which of the instruments that providers read into one symbol it can mean where no provider is named. Pure. */
final class MeantInstruments {
    private static final String US_SUFFIX = ".US";
    private static final Pattern TERM =
            Pattern.compile("[0-9]{6}(?:[0-9]{2})?|[0-9]{1,2}[A-Z]{3}[0-9]{2}|PERP|PERPETUAL|SWAP");

    private MeantInstruments() {}

    /**
     * The instruments that the symbol means, each once. A pair of two ISO 4217 currencies is one of currencies, also where
     * an exchange for crypto assets trades it; other names of a coin count as its code ({@code XBT} is BTC). What some rules
     * take for a pair in an unusual currency, because of a dash, gives way to other readings: {@code BRK-B} is not BRK/B. Where
     * one reading is a pair of a well-known coin, contracts and pairs of unknown assets are not meant: {@code XBTUSD} is
     * BTC/USD, not XB/TUSD. Codes run together are the pair rather than a contract on it, if the pair is of a
     * well-known coin or listed; they are the contract if only that one is listed. Ids of series, which any text may be, give
     * way, and so does the price of a currency in a coin, as providers read it that write the quote first.
     *
     * @param listed whether a provider lists an instrument; asked only where codes run together can be a pair or a contract on it
     */
    static List<Instrument> of(String symbol, Collection<Instrument> read, Predicate<Instrument> listed) {
        List<Instrument> meant = read.stream()
                .map(MeantInstruments::withCanonicalCodes)
                .distinct()
                .toList();
        if (meant.stream().anyMatch(one -> !isId(one))) {
            meant = meant.stream().filter(one -> !isId(one)).toList();
        }
        if (meant.size() < 2) {
            return meant;
        }
        if (symbol.indexOf('/') > 0 && meant.stream().anyMatch(one -> isPair(one) && KnownCoins.isKnown(one.base()))) {
            meant = meant.stream()
                    .filter(one -> one.type() == AssetType.CRYPTO)
                    .toList(); // no class of a share: BTC/HT
        }
        List<Instrument> coins =
                meant.stream().filter(MeantInstruments::isPairOfKnownCoin).toList();
        if (!coins.isEmpty()) {
            meant = meant.stream().filter(one -> !isLessUsual(one)).toList();
        }
        if (isJoined(symbol)) {
            meant = withoutOtherMarkets(meant, listed);
        }
        meant = withoutCurrenciesInCoins(meant);
        if (meant.stream().anyMatch(one -> one.type() != AssetType.CRYPTO || isContractOfKnownCoin(one))) {
            meant = meant.stream().filter(one -> !isContractOfUnknownCoin(one)).toList();
        }
        List<Instrument> currencies =
                meant.stream().filter(one -> one.type() == AssetType.FX).toList();
        List<Instrument> likely = meant.stream()
                .filter(one -> !isPair(one)
                        || ((isJoined(symbol) || isUsualAsset(one.quote()))
                                && (currencies.isEmpty() || (!isCurrencyPair(one) && !isLetters(symbol, currencies)))))
                .toList();
        return likely.isEmpty() ? meant : likely;
    }

    /**
     * Without the pairs that are those of a well-known coin in a currency or stable coin the other way around: {@code BTC-EUR} is
     * not EUR/BTC, nor {@code BTC-USDT} USDT/BTC.
     */
    private static List<Instrument> withoutCurrenciesInCoins(List<Instrument> meant) {
        Set<Instrument> reversed = new HashSet<>();
        for (Instrument pair : meant) {
            if (isPairOfKnownCoin(pair) && isMoney(pair.quote()) && !isMoney(pair.base())) {
                reversed.add(Instrument.crypto(pair.quote(), pair.base()));
            }
        }
        return meant.stream().filter(one -> !reversed.contains(one)).toList();
    }

    private static boolean isMoney(String code) {
        return CurrencyCodes.isCurrency(code) || (KnownCoins.isKnown(code) && !KnownCoins.isUsualBase(code));
    }

    /** Without contracts on pairs that certainly exist, and without pairs of which certainly only a contract does. */
    private static List<Instrument> withoutOtherMarkets(List<Instrument> meant, Predicate<Instrument> listed) {
        Set<Instrument> less = new HashSet<>();
        for (Instrument pair : meant) {
            List<Instrument> contracts = isUsualPair(pair)
                    ? meant.stream().filter(one -> isOn(pair, one)).toList()
                    : List.of();
            if (!contracts.isEmpty()) {
                if (KnownCoins.isKnown(pair.base()) || listed.test(pair)) {
                    less.addAll(contracts);
                } else if (contracts.stream().anyMatch(listed)) {
                    less.add(pair);
                }
            }
        }
        return meant.stream().filter(one -> !less.contains(one)).toList();
    }

    /** Whether it is only an id of series or news. */
    static boolean isId(Instrument instrument) {
        return instrument.type() == AssetType.MACRO || instrument.type() == AssetType.NEWS;
    }

    private static boolean isPair(Instrument instrument) {
        return instrument.type() == AssetType.CRYPTO && instrument.settle() == null;
    }

    private static boolean isPairOfKnownCoin(Instrument instrument) {
        return isPair(instrument) && KnownCoins.isKnown(instrument.base()) && isUsualAsset(instrument.quote());
    }

    private static boolean isUsualPair(Instrument instrument) {
        return isPair(instrument) && isUsualAsset(instrument.quote());
    }

    /** Whether a contract is on the assets of a pair. */
    private static boolean isOn(Instrument pair, Instrument contract) {
        return contract.settle() != null
                && contract.base().equals(pair.base())
                && contract.quote().equals(pair.quote());
    }

    /**
     * Whether an instrument is only what rules make of any word: a contract on an unknown coin whose code is the whole text, or all
     * of it but digits that could be a day. {@code US0378331005} is no future on a coin {@code US0378}.
     */
    static boolean isAnyWord(String symbol, Instrument instrument) {
        String text = SymbolText.canonical(symbol);
        return isContractOfUnknownCoin(instrument)
                && text.startsWith(instrument.base())
                && text.substring(instrument.base().length()).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether an instrument is a pair in something that is no currency but says which contract is meant: {@code BTC-27DEC24}. */
    static boolean isInTerm(Instrument instrument) {
        return isPair(instrument) && TERM.matcher(instrument.quote()).matches();
    }

    /** Some rules take any word for the base of a contract: {@code AAPL} is the share. */
    private static boolean isContractOfUnknownCoin(Instrument instrument) {
        return instrument.type() == AssetType.CRYPTO
                && instrument.settle() != null
                && !KnownCoins.isKnown(instrument.base());
    }

    private static boolean isContractOfKnownCoin(Instrument instrument) {
        return instrument.type() == AssetType.CRYPTO
                && instrument.settle() != null
                && KnownCoins.isKnown(instrument.base());
    }

    private static boolean isLessUsual(Instrument instrument) {
        return instrument.type() == AssetType.CRYPTO
                && (instrument.settle() != null
                        || (!KnownCoins.isKnown(instrument.base()) && !CurrencyCodes.isCurrency(instrument.base())));
    }

    private static boolean isJoined(String symbol) {
        return symbol.indexOf('-') < 0 && symbol.indexOf('_') < 0 && symbol.indexOf('/') < 0;
    }

    /** Whether prices are usually in a currency or coin. */
    static boolean isUsualAsset(String code) {
        return CurrencyCodes.isCurrency(code) || KnownCoins.isKnown(code);
    }

    private static boolean isCurrencyPair(Instrument instrument) {
        return CurrencyCodes.isCurrency(instrument.base()) && CurrencyCodes.isCurrency(instrument.quote());
    }

    /** Whether a symbol is just the letters of two currencies, so that no other split of them is meant. */
    private static boolean isLetters(String symbol, List<Instrument> currencies) {
        String letters = SymbolText.canonical(symbol);
        return currencies.stream().anyMatch(one -> letters.equals(one.base() + one.quote()));
    }

    /** The instrument with the usual codes of its coins. */
    static Instrument withCanonicalCodes(Instrument instrument) {
        String base = KnownCoins.canonical(instrument.base());
        String quote = KnownCoins.canonical(instrument.quote());
        boolean pair = instrument.type() == AssetType.CRYPTO || instrument.type() == AssetType.FX;
        return !pair || (base.equals(instrument.base()) && quote.equals(instrument.quote()))
                ? instrument
                : new Instrument(
                        AssetType.CRYPTO,
                        base,
                        quote,
                        instrument.settle(),
                        instrument.mic(),
                        instrument.expiry(),
                        instrument.rolling());
    }

    /** Whether a symbol alone is the code of a well-known coin, which may also be a ticker. */
    static boolean isCoin(String symbol) {
        return KnownCoins.isKnown(SymbolText.canonical(symbol));
    }

    /** A form of an instrument that means nothing else: {@code BTC.US} is the security, not the coin. */
    static String unambiguous(Instrument instrument) {
        return instrument.type() == AssetType.STOCK && instrument.mic() == null
                ? instrument.unified() + US_SUFFIX
                : instrument.unified();
    }
}
