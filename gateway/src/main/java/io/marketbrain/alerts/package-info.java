/**
 * Alerts: conditions on streams, providers and budgets, when they fire, and what is kept of that. Belongs here: the decisions, the
 * journal, the log. Does not belong here: paths and texts of the API, where the events come from, sockets of webhooks.
 */
@NullMarked
package io.marketbrain.alerts;

import org.jspecify.annotations.NullMarked;
