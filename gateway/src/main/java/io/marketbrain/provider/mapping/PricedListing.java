package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.model.price.PriceUnit;
import io.marketbrain.model.text.IdentifierText;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;
import java.util.Optional;

/** Finds the listing that a row is about. Pure. */
final class PricedListing {
    private PricedListing() {}

    /** The listing with its prices in the unit that a row names, if it names one. */
    static Listing of(Descriptor descriptor, Instrument instrument, RowFields fields, RowContext row)
            throws MalformedPayload {
        Listing listing = descriptor.listing(instrument);
        Optional<String> unit = fields.findText("currency", row).filter(text -> !text.isEmpty());
        if (unit.isEmpty()) {
            return listing;
        }
        if (!IdentifierText.CODE.isValid(unit.get())) {
            throw new MalformedPayload("the currency of " + row.row() + " is not a code");
        }
        return listing.pricedIn(PriceUnit.canonical(unit.get()));
    }
}
