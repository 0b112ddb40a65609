package io.marketbrain.config;

import io.marketbrain.pipeline.shadow.ShadowConfig;

/** The settings of shadowing. */
final class ShadowSection {
    private final SettingsReader in;

    ShadowSection(SettingsReader in) {
        this.in = in;
    }

    ShadowConfig read() {
        return in.section(
                ShadowConfig.defaults(),
                d -> new ShadowConfig(
                        in.decimal(
                                ShadowConfig.PERCENT,
                                d.percent(),
                                "How many live quotes in a hundred a second live provider is asked for in the background, to compare them; 0: none. These calls may cost money."),
                        in.duration(
                                ShadowConfig.TIMEOUT,
                                d.timeout(),
                                "How long the second provider may take for a quote."),
                        in.integer(
                                ShadowConfig.AT_ONCE,
                                d.atOnce(),
                                "How many quotes a second provider may be asked for at once; further ones are not compared."),
                        in.duration(
                                ShadowConfig.PRICE_MAX_AGE,
                                d.priceMaxAge(),
                                "How long a live price serves to judge the prices of other providers.")));
    }
}
