package io.marketbrain.facade.mcp;

import io.marketbrain.model.Caller;
import io.marketbrain.model.Failure;
import io.marketbrain.model.Operation;
import io.marketbrain.model.ProviderId;
import java.util.Optional;

/** Which calls an agent may not cause: those that cost money where no budget limits what is spent. Thread-safe; cheap. */
@FunctionalInterface
public interface PaidCallPolicy {
    /** Why a call is not made; empty if it is free, or if a budget covers it. */
    Optional<Failure> findRefusal(ProviderId provider, Operation operation, Caller caller);
}
