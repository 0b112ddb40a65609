package io.marketbrain.provider.mapping;

import io.marketbrain.json.MalformedPayload;
import io.marketbrain.model.Instrument;
import io.marketbrain.model.MarketData.Listing;
import io.marketbrain.provider.descriptor.Descriptor;
import io.marketbrain.provider.mapping.response.RowContext;
import io.marketbrain.provider.mapping.response.RowFields;

/** Finds the listing that a row is about. Pure. */
final class PricedListing {
    private PricedListing() {}

    /** The listing with its prices in the unit that a row names, if it names one. */
    static Listing of(Descriptor descriptor, Instrument instrument, RowFields fields, RowContext row)
            throws MalformedPayload {
        Listing listing = descriptor.listing(instrument);
        return fields.findCurrency(row).map(listing::pricedIn).orElse(listing);
    }
}
