package io.marketbrain.provider;

import io.marketbrain.model.Call;
import io.marketbrain.model.CallId;
import io.marketbrain.model.Caller;
import io.marketbrain.model.Deadline;
import io.marketbrain.model.Priority;
import java.time.Duration;

/** Calls for tests. */
public final class TestCalls {
    private TestCalls() {}

    /** A person's call that has so much time left. */
    public static Call within(Duration time) {
        return new Call(new CallId("test"), Caller.LOCAL, Priority.HIGH, Deadline.in(time, System::nanoTime), false);
    }

    /** A call with more time than any test takes. */
    public static Call patient() {
        return within(Duration.ofSeconds(60));
    }
}
