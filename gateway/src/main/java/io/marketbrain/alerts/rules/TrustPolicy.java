package io.marketbrain.alerts.rules;

import io.marketbrain.model.Mode;
import io.marketbrain.model.QualityFlag;
import io.marketbrain.model.stream.StreamEvent.FeedState;
import io.marketbrain.model.stream.StreamEvent.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a value may make an alert fire. Pure. */
public final class TrustPolicy {
    private TrustPolicy() {}

    /**
     * Only values of a feed that is up, without any quality flag. Mock data never stands in for the data that an alert was created
     * for; live data may take the place of any other.
     *
     * @param wanted the mode of the data that the alert was created for
     */
    public static boolean isJudged(@Nullable Mode wanted, @Nullable Status status, List<QualityFlag> flags) {
        return status != null && status.state() == FeedState.UP && flags.isEmpty() && isWanted(wanted, status.mode());
    }

    public static boolean isWanted(@Nullable Mode wanted, Mode mode) {
        return wanted == null || mode == wanted || mode == Mode.LIVE;
    }
}
