/**
 * Payloads of providers as one kind of tree, whatever their format: JSON, CSV and XML, each read within {@link
 * io.marketbrain.json.PayloadLimits}. Belongs here: the syntax of CSV and XML and their limits, and the only use of the
 * JDK's XML parser. Does not belong here: what a document means.
 */
@NullMarked
package io.marketbrain.payload;

import org.jspecify.annotations.NullMarked;
