/**
 * The Model Context Protocol, for agents: protocol 2026-07-28, in which every request stands alone, and the handshake of 2025-11-25
 * and before. Belongs here: the messages, the tools, and what of an answer fits into the tokens that an agent has for it.
 */
@NullMarked
package io.marketbrain.facade.mcp;

import org.jspecify.annotations.NullMarked;
