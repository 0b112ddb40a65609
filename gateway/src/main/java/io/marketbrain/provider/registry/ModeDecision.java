package io.marketbrain.provider.registry;

import io.marketbrain.model.Mode;

/** Whether a provider is live or mock, and why, in words for its owner. */
public record ModeDecision(Mode mode, String reason) {}
