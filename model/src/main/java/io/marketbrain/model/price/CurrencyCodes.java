package io.marketbrain.model.price;

import java.util.Currency;

/** The currency codes of ISO 4217, precious metals included. Pure. */
public final class CurrencyCodes {
    private static final int LENGTH = 3;

    private CurrencyCodes() {}

    public static boolean isCurrency(String code) {
        if (code.length() != LENGTH) {
            return false;
        }
        try {
            return Currency.getInstance(code).getCurrencyCode().equals(code);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
