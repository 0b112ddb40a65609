package io.marketbrain.facade.binance;

import java.util.LinkedHashMap;
import java.util.Map;

/** The order books that were sent last, of each passing of time: books and streams of one belong together. Thread-safe. */
public final class DepthSessions {
    private static final int MOST = 64;

    private final Map<String, RecentDepths> bySession = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RecentDepths> eldest) {
            return size() > MOST;
        }
    };

    synchronized RecentDepths of(String session) {
        return bySession.computeIfAbsent(session, _ -> new RecentDepths());
    }
}
