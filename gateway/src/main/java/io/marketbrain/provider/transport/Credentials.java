package io.marketbrain.provider.transport;

import io.marketbrain.provider.descriptor.Authentication;
import io.marketbrain.provider.descriptor.Authentication.BasicLogin;
import io.marketbrain.provider.descriptor.Authentication.HeaderKey;
import io.marketbrain.provider.descriptor.Authentication.HeaderPair;
import io.marketbrain.provider.descriptor.Authentication.HmacSignature;
import io.marketbrain.provider.descriptor.Authentication.None;
import io.marketbrain.provider.descriptor.Authentication.QueryKey;
import io.marketbrain.security.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one provider and how its requests carry them. Without a key, or without the secret that a signature
 * needs, requests carry none. Nothing here is ever printed. Pure, thread-safe.
 */
final class Credentials {
    private final Authentication authentication;
    private final @Nullable Secret key;
    private final @Nullable Secret secret;

    Credentials(Authentication authentication, Optional<Secret> key, Optional<Secret> secret) {
        this.authentication = authentication;
        this.key = key.orElse(null);
        this.secret = secret.orElse(null);
    }

    /**
     * Whether HTTP can carry them. Checked before the HTTP client sees the key, because the client's error message would quote
     * it.
     */
    boolean areSendable() {
        return switch (authentication) {
            case HeaderKey _, HmacSignature _ -> fitsHeader(key);
            case HeaderPair _ -> fitsHeader(key) && fitsHeader(secret);
            case None _, QueryKey _, BasicLogin _ -> true;
        };
    }

    private static boolean fitsHeader(@Nullable Secret secret) {
        return secret == null || secret.reveal().chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Whether a redirect can carry them on: a signature covers the address and would not hold for another one. */
    boolean followRedirects() {
        return !(authentication instanceof HmacSignature) || secret == null;
    }

    /** The request as it is sent at an instant. */
    AuthorizedRequest authorize(UnsignedRequest request, Instant now) {
        SequencedMap<String, String> headers = new LinkedHashMap<>();
        if (key == null) {
            return new AuthorizedRequest(request.query(), headers);
        }
        String shown = key.reveal();
        switch (authentication) {
            case None _ -> {}
            case HeaderKey(String header, String prefix) -> headers.put(header, prefix + shown);
            case HeaderPair(String keyHeader, String secretHeader) -> {
                headers.put(keyHeader, shown);
                if (secret != null) {
                    headers.put(secretHeader, secret.reveal());
                }
            }
            case QueryKey(String parameter) -> {
                return new AuthorizedRequest(
                        request.withParameter(parameter, shown).query(), headers);
            }
            case BasicLogin _ -> headers.put("Authorization", "Basic " + login(shown));
            case HmacSignature scheme -> {
                if (secret != null) {
                    return HmacSigner.sign(scheme, shown, secret.reveal(), request, now);
                }
                headers.put(scheme.keyHeader(), shown);
            }
        }
        return new AuthorizedRequest(request.query(), headers);
    }

    /** The credentials in a request. The time of a signature is hidden with them, but is no secret. */
    SentCredentials carriedBy(AuthorizedRequest authorized, UnsignedRequest unsigned) {
        Optional<String> time = authentication instanceof HmacSignature scheme
                ? scheme.time().map(carried -> carried.where().name())
                : Optional.empty();
        SequencedMap<String, String> added = authorized.addedParameters(unsigned);
        List<Secret> values = new ArrayList<>();
        Stream.concat(added.entrySet().stream(), authorized.headers().entrySet().stream())
                .filter(carried -> time.isEmpty() || !time.get().equals(carried.getKey()))
                .map(carried -> carried.getValue().substring(carried.getValue().lastIndexOf(' ') + 1))
                .forEach(value -> Secret.of(value).ifPresent(values::add));
        return new SentCredentials(
                List.copyOf(added.keySet()), List.copyOf(authorized.headers().keySet()), values);
    }

    private String login(String user) {
        String password = secret == null ? "" : secret.reveal();
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return key == null ? "no credentials" : "credentials";
    }
}
