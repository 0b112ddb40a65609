package io.marketbrain.provider.mapping;

import io.marketbrain.model.Operation;
import io.marketbrain.model.price.Adjustment;
import io.marketbrain.provider.descriptor.DescriptorObject;
import io.marketbrain.provider.mapping.response.FieldNames;
import io.marketbrain.provider.mapping.response.RowFields;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of rows, of which candles of some adjustments have others. Immutable.
 *
 * @param usual the fields of the default adjustment, or of the one that was chosen
 * @param others the fields by adjustment, where they are other ones
 */
record AdjustableFields(RowFields usual, Map<Adjustment, RowFields> others) {

    /** {@code "fields": {"close": "close"}, "adjusted": {"all": {"close": "adjClose"}}}: the fields that differ from the others. */
    static AdjustableFields read(DescriptorObject response, Operation operation, FieldNames names) {
        RowFields usual = RowFields.read(response, operation, names);
        var others = new EnumMap<Adjustment, RowFields>(Adjustment.class);
        response.findObject("adjusted").ifPresent(kinds -> {
            for (Adjustment kind : Adjustment.values()) {
                kinds.findObject(kind.wire()).ifPresent(own -> others.put(kind, usual.with(own)));
            }
            kinds.end();
        });
        return new AdjustableFields(usual, others);
    }

    /** The same where some fields are others by the gateway's names. */
    AdjustableFields renamed(Map<String, String> names) {
        var all = new EnumMap<Adjustment, RowFields>(Adjustment.class);
        others.forEach((kind, own) -> all.put(kind, own.renamed(names)));
        return new AdjustableFields(usual.renamed(names), all);
    }

    /** The same with the fields of one adjustment in place of the usual ones; null stands for the default. */
    AdjustableFields chosen(@Nullable Adjustment kind) {
        RowFields own = kind == null ? null : others.get(kind);
        return own == null ? this : new AdjustableFields(own, others);
    }

    /** Whether candles of an adjustment have other fields. */
    boolean has(Adjustment kind) {
        return others.containsKey(kind);
    }

    /** Whether rows have fields of both names, in any adjustment. */
    boolean haveBoth(String name, String other) {
        return (usual.has(name) && usual.has(other))
                || others.values().stream().anyMatch(own -> own.has(name) && own.has(other));
    }
}
