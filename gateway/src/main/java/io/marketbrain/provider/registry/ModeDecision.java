package io.marketbrain.provider.registry;

import io.marketbrain.model.Mode;

/** Whether a provider is live or mock, and why, as shown to users. */
public record ModeDecision(Mode mode, String reason) {}
