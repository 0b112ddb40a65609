package io.marketbrain.provider.descriptor;

import java.util.List;
import java.util.Optional;

/** How a provider's requests carry credentials. Says nothing about the credentials themselves. */
public sealed interface Authentication {

    /** The provider takes no credentials. */
    record None() implements Authentication {}

    /**
     * The key in a header, after a prefix such as {@code "Bearer "}.
     *
     * @param prefix may be empty
     */
    record HeaderKey(String header, String prefix) implements Authentication {}

    /** Key and secret, each in a header of its own. */
    record HeaderPair(String keyHeader, String secretHeader) implements Authentication {}

    /** The key as a query parameter. */
    record QueryKey(String parameter) implements Authentication {}

    /** HTTP basic authentication (RFC 7617): the key is the user name, the secret, if there is one, the password. */
    record BasicLogin() implements Authentication {}

    /**
     * The key in a header, and an HMAC (RFC 2104) over parts of the request made with the secret.
     *
     * @param signed the parts that are signed, joined without separators
     * @param base64Secret whether the configured secret is the Base64 form of the bytes that sign
     */
    record HmacSignature(
            HashAlgorithm algorithm,
            SignatureEncoding encoding,
            boolean base64Secret,
            String keyHeader,
            List<SignedPart> signed,
            CarriedValue signature,
            Optional<CarriedTime> time)
            implements Authentication {
        public HmacSignature {
            signed = List.copyOf(signed);
        }
    }

    /** The hash function of an HMAC. */
    enum HashAlgorithm {
        SHA256,
        SHA384,
        SHA512;

        /** The name by which {@code javax.crypto} knows it. */
        public String macName() {
            return "Hmac" + name();
        }
    }

    /** How the bytes of a signature are written. */
    enum SignatureEncoding {
        HEX,
        BASE64
    }

    /** A part of a request that is signed. */
    enum SignedPart {
        TIME,
        METHOD,
        /** The path without the query. */
        PATH,
        /** The encoded query without its question mark, the signed time included, the signature not. */
        QUERY,
        /** The path and, where there is a query, a question mark and the query. */
        TARGET,
        BODY,
        KEY
    }

    /** Where a request carries a value. */
    record CarriedValue(Place place, String name) {}

    /** The part of a request that carries a value. */
    enum Place {
        HEADER,
        PARAMETER
    }

    /** Where a request carries the time that is signed, and its form. */
    record CarriedTime(CarriedValue where, TimeForm form) {}

    /** How an instant is written. */
    enum TimeForm {
        SECONDS,
        MILLIS,
        /** ISO 8601 in UTC with milliseconds. */
        ISO
    }
}
