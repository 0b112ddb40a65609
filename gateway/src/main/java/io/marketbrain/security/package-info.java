/**
 * Credentials, API keys and how they are protected. Belongs here: storage of secrets, masking them in text, and the
 * rules for listening on an address. Does not belong here: checking HTTP requests, which is in {@code api}.
 */
@NullMarked
package io.marketbrain.security;

import org.jspecify.annotations.NullMarked;
