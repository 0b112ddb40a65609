/** The feed of KuCoin; its REST API is described by a mapping. */
@NullMarked
package io.marketbrain.provider.kucoin;

import org.jspecify.annotations.NullMarked;
