package io.marketbrain.config;

import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import io.marketbrain.pipeline.quality.QualityAction;
import io.marketbrain.pipeline.quality.QualityCheck;
import io.marketbrain.pipeline.quality.QualityConfig;
import io.marketbrain.provider.descriptor.IndexedDescriptor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of the quality checks. */
final class QualitySection {
    private static final String ACTIONS =
            Arrays.stream(QualityAction.values()).map(QualityAction::wire).collect(Collectors.joining(", "));

    private static final String KINDS =
            Operation.requestable().stream().map(Operation::wire).collect(Collectors.joining(", "));

    private final SettingsReader in;

    QualitySection(SettingsReader in) {
        this.in = in;
    }

    /**
     * One check and what happens to its findings: {@code stale_feed=off}, or of one kind of data: {@code
     * candles.stale_feed=off}.
     *
     * @param kind the kind of data; null for all
     */
    private record Choice(@Nullable Operation kind, QualityCheck check, QualityAction action) {
        String text() {
            return (kind == null ? "" : kind.wire() + ".") + check.wire() + "=" + action.wire();
        }
    }

    QualityConfig read(List<IndexedDescriptor> descriptors) {
        QualityConfig.Overrides all = overrides(
                in.list(
                        "quality.checks",
                        choice(),
                        List.of(),
                        "What happens to data in which a quality check finds something, where it differs from the default; docs/data-quality.md lists the checks."));
        Map<ProviderId, QualityConfig.Overrides> providers = new LinkedHashMap<>();
        for (IndexedDescriptor descriptor : descriptors) {
            String environment =
                    descriptor.id().value().toUpperCase(Locale.ROOT).replace('-', '_') + "_QUALITY_CHECKS";
            List<Choice> own = in.readNamed(
                    "quality." + descriptor.id(),
                    environment,
                    SettingType.list(choice()),
                    List.of(),
                    "The same for " + descriptor.name() + " alone, where it differs from quality.checks.");
            if (!own.isEmpty()) {
                providers.put(descriptor.id(), overrides(own));
            }
        }
        return new QualityConfig(all.actions(), all.kinds(), providers);
    }

    private static QualityConfig.Overrides overrides(List<Choice> list) {
        Map<QualityCheck, QualityAction> general = new EnumMap<>(QualityCheck.class);
        Map<Operation, Map<QualityCheck, QualityAction>> kinds = new EnumMap<>(Operation.class);
        for (Choice one : list) {
            Map<QualityCheck, QualityAction> chosen = one.kind() == null
                    ? general
                    : kinds.computeIfAbsent(one.kind(), _ -> new EnumMap<>(QualityCheck.class));
            chosen.put(one.check(), one.action());
        }
        return new QualityConfig.Overrides(general, kinds);
    }

    private static SettingType<Choice> choice() {
        return SettingType.of(
                "[KIND.]CHECK=ACTION, such as stale_feed=off or candles.stale_feed=off, with an action of " + ACTIONS
                        + " and a kind of " + KINDS,
                QualitySection::parse,
                Choice::text);
    }

    private static Choice parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException();
        }
        String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String action = text.substring(equals + 1).strip();
        int dot = name.indexOf('.');
        String check = name.substring(dot + 1);
        return new Choice(
                dot < 0 ? null : kind(name.substring(0, dot)),
                QualityCheck.find(check).orElseThrow(() -> unknown(check)),
                Arrays.stream(QualityAction.values())
                        .filter(one -> one.wire().equalsIgnoreCase(action))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static Operation kind(String name) {
        return Operation.requestable().stream()
                .filter(one -> one.wire().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new SettingType.Invalid("there is no kind of data of this name; the kinds are " + KINDS));
    }

    private static SettingType.Invalid unknown(String name) {
        return new SettingType.Invalid("there is no check of this name"
                + Suggestions.nearest(name, QualityCheck.names())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("; docs/data-quality.md lists them"));
    }
}
