package io.marketbrain.pipeline.resilience;

import io.marketbrain.model.MarketQuery;
import io.marketbrain.model.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the latest calls for each subject ended, for at most {@value #MAX_SUBJECTS} subjects, the most recently used ones. A
 * circuit breaker uses it to tell a failing instrument from a failing provider, and to choose its probes: requests for
 * subjects that work go first, so that an instrument that never works cannot keep the breaker open. Not thread-safe.
 */
final class SubjectHistory {
    static final int MAX_SUBJECTS = 256;

    /** What a call is about; one subject can fail for candles and work for quotes. */
    record SubjectKey(Operation operation, String subject) {
        static SubjectKey of(MarketQuery query) {
            return new SubjectKey(query.operation(), query.subject());
        }
    }

    /** How suitable a subject is for a probe, least suitable first. */
    private enum Rank {
        /** Its probe was the last one that did not succeed. */
        LAST_PROBE,
        NEVER_WORKED,
        /** Unknown, or it worked before it failed. */
        MAY_WORK,
        WORKS
    }

    private static final class History {
        private boolean worked;
        private boolean works;
        private boolean fails;
        private long failedAt;
    }

    private final Map<SubjectKey, History> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SubjectKey, History> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };
    private final @Nullable SubjectKey[] requested = new SubjectKey[Rank.values().length];
    private final long[] requestedAt = new long[Rank.values().length];
    private @Nullable SubjectKey lastProbe;

    void onSuccess(SubjectKey subject) {
        History history = latest.computeIfAbsent(subject, _ -> new History());
        history.worked = true;
        history.works = true;
        history.fails = false;
        if (subject.equals(lastProbe)) {
            lastProbe = null;
        }
    }

    /** The provider failed for the subject. */
    void onFailure(SubjectKey subject, long now) {
        History history = latest.computeIfAbsent(subject, _ -> new History());
        history.works = false;
        history.fails = true;
        history.failedAt = now;
    }

    /** The provider has nothing for the subject, which is not a failure of the provider. */
    void onNoData(SubjectKey subject) {
        History history = latest.computeIfAbsent(subject, _ -> new History());
        history.works = false;
        history.fails = false;
    }

    /** The subject's probe did not succeed. */
    void onFailedProbe(SubjectKey subject) {
        lastProbe = subject;
    }

    /** Whether the latest call for any other subject failed within the window. */
    boolean othersFail(SubjectKey subject, long now, long windowNanos) {
        for (Map.Entry<SubjectKey, History> entry : latest.entrySet()) {
            History other = entry.getValue();
            if (other.fails
                    && now - other.failedAt <= windowNanos
                    && !entry.getKey().equals(subject)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that the subject was requested while calls are blocked. */
    void onRequest(SubjectKey subject, long now) {
        int rank = rank(subject).ordinal();
        requested[rank] = subject;
        requestedAt[rank] = now;
    }

    /** Whether the latest requests for more suitable subjects are all older than {@code preferNanos}. */
    boolean isBestProbe(SubjectKey subject, long now, long preferNanos) {
        for (int rank = rank(subject).ordinal() + 1; rank < requested.length; rank++) {
            SubjectKey other = requested[rank];
            if (other != null && !other.equals(subject) && now - requestedAt[rank] <= preferNanos) {
                return false;
            }
        }
        return true;
    }

    private Rank rank(SubjectKey subject) {
        if (subject.equals(lastProbe)) {
            return Rank.LAST_PROBE;
        }
        History history = latest.get(subject);
        if (history == null) {
            return Rank.MAY_WORK;
        }
        return history.works ? Rank.WORKS : history.worked ? Rank.MAY_WORK : Rank.NEVER_WORKED;
    }
}
