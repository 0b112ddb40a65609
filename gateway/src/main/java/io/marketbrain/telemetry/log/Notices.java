package io.marketbrain.telemetry.log;

import java.io.IOException;

/** What a drainer has to tell the reader of the log. Called by the drainer only; must not wait. */
interface Notices {

    /** A rendered line saying how many lines the sink did not get. */
    byte[] lost(String summary);

    /** The sink has begun to fail. */
    void failing(IOException cause);

    /** The sink takes lines again. */
    void recovered();
}
