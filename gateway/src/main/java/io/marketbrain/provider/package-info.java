/**
 * What every provider is made of: its module (descriptor, adapter, symbols), its requests and payloads, and the source
 * that joins transport and adapter. Sub-packages hold descriptors, the registry, the transport, and one package per
 * provider. Belongs here: the types that adapters are written with. Does not belong here: anything that only one provider
 * has, and retries, quotas and budgets, which are layers.
 */
@NullMarked
package io.marketbrain.provider;

import org.jspecify.annotations.NullMarked;
