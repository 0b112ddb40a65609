package io.marketbrain.pipeline.quality;

import io.marketbrain.model.ProviderId;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings of the quality checks. Immutable.
 *
 * @param actions what happens to the findings of each check; a check that is not listed has its default action
 * @param providers what differs for single providers
 */
public record QualityConfig(
        Map<QualityCheck, QualityAction> actions, Map<ProviderId, Map<QualityCheck, QualityAction>> providers) {
    public QualityConfig {
        actions = Map.copyOf(actions);
        providers = Map.copyOf(providers);
    }

    public static QualityConfig defaults() {
        return new QualityConfig(Map.of(), Map.of());
    }

    /** The actions for one provider. */
    public Actions of(ProviderId provider) {
        var all = new EnumMap<QualityCheck, QualityAction>(QualityCheck.class);
        for (QualityCheck check : QualityCheck.values()) {
            all.put(check, check.defaultAction());
        }
        all.putAll(actions);
        all.putAll(providers.getOrDefault(provider, Map.of()));
        return new Actions(all);
    }

    /** The action of every check at one provider. */
    public static final class Actions {
        private final Map<QualityCheck, QualityAction> all;

        private Actions(Map<QualityCheck, QualityAction> all) {
            this.all = all;
        }

        QualityAction of(QualityCheck check) {
            return all.getOrDefault(check, QualityAction.OFF);
        }
    }
}
