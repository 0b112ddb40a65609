package io.marketbrain.config;

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

/** The settings of the quality checks. */
final class QualitySection {
    private static final String ACTIONS =
            Arrays.stream(QualityAction.values()).map(QualityAction::wire).collect(Collectors.joining(", "));

    private final SettingsReader in;

    QualitySection(SettingsReader in) {
        this.in = in;
    }

    /** One check and what happens to its findings: {@code stale_feed=off}. */
    private record Choice(QualityCheck check, QualityAction action) {
        String text() {
            return check.wire() + "=" + action.wire();
        }
    }

    QualityConfig read(List<IndexedDescriptor> descriptors) {
        Map<QualityCheck, QualityAction> all = choices(
                in.list(
                        "quality.checks",
                        choice(),
                        List.of(),
                        "What happens to data in which a quality check finds something, where it differs from the default; docs/data-quality.md lists the checks."));
        Map<ProviderId, Map<QualityCheck, QualityAction>> providers = new LinkedHashMap<>();
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
                providers.put(descriptor.id(), choices(own));
            }
        }
        return new QualityConfig(all, providers);
    }

    private static Map<QualityCheck, QualityAction> choices(List<Choice> list) {
        Map<QualityCheck, QualityAction> chosen = new EnumMap<>(QualityCheck.class);
        list.forEach(one -> chosen.put(one.check(), one.action()));
        return chosen;
    }

    private static SettingType<Choice> choice() {
        return SettingType.of(
                "CHECK=ACTION, such as stale_feed=off, with an action of " + ACTIONS,
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
        return new Choice(
                QualityCheck.find(name).orElseThrow(() -> unknown(name)),
                Arrays.stream(QualityAction.values())
                        .filter(one -> one.wire().equalsIgnoreCase(action))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static SettingType.Invalid unknown(String name) {
        return new SettingType.Invalid("there is no check of this name"
                + Suggestions.nearest(name, QualityCheck.names())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("; docs/data-quality.md lists them"));
    }
}
