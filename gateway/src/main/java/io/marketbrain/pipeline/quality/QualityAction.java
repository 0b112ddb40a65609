package io.marketbrain.pipeline.quality;

import java.util.Locale;

/** What happens to data in which a check finds something. */
public enum QualityAction {
    /** The data is refused as untrusted, unless the caller accepts untrusted data. */
    REFUSE,
    /** The data is returned with a flag. */
    FLAG,
    /** Nothing: the check is switched off. */
    OFF;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in configuration. */
    public String wire() {
        return wire;
    }
}
