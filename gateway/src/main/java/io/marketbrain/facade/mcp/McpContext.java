package io.marketbrain.facade.mcp;

import io.marketbrain.pipeline.BudgetReport;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the tools need besides market data.
 *
 * @param version that of the gateway
 * @param scheme of its addresses, {@code http} or {@code https}
 */
public record McpContext(
        String version, String scheme, PaidCallPolicy paidCalls, Supplier<List<BudgetReport>> budgets) {}
