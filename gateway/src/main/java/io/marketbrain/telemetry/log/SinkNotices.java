package io.marketbrain.telemetry.log;

import java.io.IOException;

/** The reports of a {@link SinkWriter} to the reader of the log. Called by the drainer only; must not block. */
interface SinkNotices {

    /** A rendered line saying how many lines the sink did not get. */
    byte[] lost(String summary);

    /** The sink has started to fail. */
    void failing(IOException cause);

    /** The sink accepts lines again. */
    void recovered();
}
