package io.marketbrain.pipeline.quality;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings of the quality checks. Immutable.
 *
 * @param actions what happens to the findings of each check; a check that is not listed has its default action
 * @param kinds what differs for single kinds of data
 * @param providers what differs for single providers
 */
public record QualityConfig(
        Map<QualityCheck, QualityAction> actions,
        Map<Operation, Map<QualityCheck, QualityAction>> kinds,
        Map<ProviderId, Overrides> providers) {
    public QualityConfig {
        actions = Map.copyOf(actions);
        kinds = Map.copyOf(kinds);
        providers = Map.copyOf(providers);
    }

    /** The actions of one provider for all its data, and for single kinds of it. Immutable. */
    public record Overrides(
            Map<QualityCheck, QualityAction> actions, Map<Operation, Map<QualityCheck, QualityAction>> kinds) {
        public static final Overrides NONE = new Overrides(Map.of(), Map.of());

        public Overrides {
            actions = Map.copyOf(actions);
            kinds = Map.copyOf(kinds);
        }
    }

    public static QualityConfig defaults() {
        return new QualityConfig(Map.of(), Map.of(), Map.of());
    }

    /**
     * The actions for one provider. Of several that apply to a check, that of the provider and the kind counts, then that
     * of the provider, then that of the kind.
     */
    public Actions of(ProviderId provider) {
        Overrides own = providers.getOrDefault(provider, Overrides.NONE);
        var all = new EnumMap<Operation, Map<QualityCheck, QualityAction>>(Operation.class);
        for (Operation kind : Operation.values()) {
            var of = new EnumMap<QualityCheck, QualityAction>(QualityCheck.class);
            for (QualityCheck check : QualityCheck.values()) {
                of.put(check, check.defaultAction());
            }
            of.putAll(actions);
            of.putAll(kinds.getOrDefault(kind, Map.of()));
            of.putAll(own.actions());
            of.putAll(own.kinds().getOrDefault(kind, Map.of()));
            all.put(kind, of);
        }
        return new Actions(all);
    }

    /** The action of every check at one provider, for each kind of data. */
    public static final class Actions {
        private final Map<Operation, Map<QualityCheck, QualityAction>> all;

        private Actions(Map<Operation, Map<QualityCheck, QualityAction>> all) {
            this.all = all;
        }

        QualityAction of(Operation kind, QualityCheck check) {
            return all.getOrDefault(kind, Map.of()).getOrDefault(check, QualityAction.OFF);
        }
    }
}
