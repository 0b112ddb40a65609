package io.marketbrain.provider.transport;

import io.marketbrain.provider.descriptor.Authentication.CarriedTime;
import io.marketbrain.provider.descriptor.Authentication.CarriedValue;
import io.marketbrain.provider.descriptor.Authentication.HmacSignature;
import io.marketbrain.provider.descriptor.Authentication.Place;
import io.marketbrain.provider.descriptor.Authentication.SignatureEncoding;
import io.marketbrain.provider.descriptor.Authentication.SignedPart;
import io.marketbrain.provider.descriptor.Authentication.TimeForm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an HMAC (RFC 2104). Pure: the same request at the same instant has the same signature. */
final class HmacSigner {
    private static final DateTimeFormatter ISO_MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private HmacSigner() {}

    /** The request with key, time and signature. The secret itself is not sent. */
    static AuthorizedRequest sign(
            HmacSignature scheme, String key, String secret, UnsignedRequest request, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(scheme.keyHeader(), key);
        UnsignedRequest timed = request;
        String time = "";
        if (scheme.time().isPresent()) {
            CarriedTime carried = scheme.time().get();
            time = written(now, carried.form());
            if (carried.where().place() == Place.HEADER) {
                headers.put(carried.where().name(), time);
            } else {
                timed = timed.withParameter(carried.where().name(), time);
            }
        }
        var text = new StringBuilder();
        for (SignedPart part : scheme.signed()) {
            text.append(
                    switch (part) {
                        case TIME -> time;
                        case METHOD -> timed.method();
                        case PATH -> timed.path();
                        case QUERY -> timed.query();
                        case TARGET -> timed.target();
                        case BODY -> timed.body();
                        case KEY -> key;
                    });
        }
        String signature = signature(scheme, secret, text.toString());
        CarriedValue place = scheme.signature();
        if (place.place() == Place.HEADER) {
            headers.put(place.name(), signature);
            return new AuthorizedRequest(timed.query(), headers);
        }
        return new AuthorizedRequest(
                timed.withParameter(place.name(), signature).query(), headers);
    }

    private static String written(Instant now, TimeForm form) {
        return switch (form) {
            case SECONDS -> Long.toString(now.getEpochSecond());
            case MILLIS -> Long.toString(now.toEpochMilli());
            case ISO -> ISO_MILLIS.format(now);
        };
    }

    private static String signature(HmacSignature scheme, String secret, String text) {
        byte[] signed = mac(scheme, secretBytes(scheme, secret), text.getBytes(StandardCharsets.UTF_8));
        return scheme.encoding() == SignatureEncoding.HEX
                ? HexFormat.of().formatHex(signed)
                : Base64.getEncoder().encodeToString(signed);
    }

    /** A secret that is not the Base64 it should be is taken as it stands: the provider then rejects the signature. */
    private static byte[] secretBytes(HmacSignature scheme, String secret) {
        if (scheme.base64Secret()) {
            try {
                byte[] decoded = Base64.getDecoder().decode(secret);
                if (decoded.length > 0) {
                    return decoded;
                }
            } catch (IllegalArgumentException e) {
                // The decoder's message could quote the secret, so it goes no further.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mac(HmacSignature scheme, byte[] secret, byte[] text) {
        try {
            String name = scheme.algorithm().macName();
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this Java has no " + scheme.algorithm().macName(), e);
        }
    }
}
