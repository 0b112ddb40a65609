package io.marketbrain.provider.descriptor;

import io.marketbrain.provider.descriptor.Authentication.BasicLogin;
import io.marketbrain.provider.descriptor.Authentication.CarriedTime;
import io.marketbrain.provider.descriptor.Authentication.CarriedValue;
import io.marketbrain.provider.descriptor.Authentication.HashAlgorithm;
import io.marketbrain.provider.descriptor.Authentication.HeaderKey;
import io.marketbrain.provider.descriptor.Authentication.HeaderPair;
import io.marketbrain.provider.descriptor.Authentication.HmacSignature;
import io.marketbrain.provider.descriptor.Authentication.Place;
import io.marketbrain.provider.descriptor.Authentication.QueryKey;
import io.marketbrain.provider.descriptor.Authentication.SignatureEncoding;
import io.marketbrain.provider.descriptor.Authentication.SignedPart;
import io.marketbrain.provider.descriptor.Authentication.TimeForm;
import java.util.Optional;

/**
 * Reads how a provider's requests carry credentials, such as {@code {"type": "header", "name": "X-API-KEY", "key_setting":
 * "X_API_KEY"}}. The settings that hold the credentials are read by {@link DescriptorReader}. Pure.
 */
final class AuthenticationReader {
    private static final String BEARER = "Bearer ";

    private AuthenticationReader() {}

    /** The values of {@code type}. */
    private enum Type {
        HEADER,
        HEADERS,
        QUERY,
        BEARER,
        BASIC,
        HMAC
    }

    static Authentication read(DescriptorObject json) {
        Authentication authentication = switch (json.choice("type", Type.class)) {
            case HEADER -> new HeaderKey(header(json, "name"), prefix(json));
            case HEADERS -> pair(json);
            case QUERY -> new QueryKey(json.text("name"));
            case BEARER -> new HeaderKey("Authorization", BEARER);
            case BASIC -> new BasicLogin();
            case HMAC -> hmac(json);
        };
        json.end();
        return authentication;
    }

    /** Only what HTTP can carry: the HTTP client's error message about anything else would quote the whole header. */
    private static String prefix(DescriptorObject json) {
        String prefix = json.findText("prefix").orElse("");
        if (!prefix.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw json.wrong("prefix", "must be printable ASCII");
        }
        return prefix;
    }

    private static HeaderPair pair(DescriptorObject json) {
        if (!json.has("secret_setting")) {
            throw json.wrong("secret_setting", "is missing: the second header carries the secret");
        }
        return new HeaderPair(header(json, "key_header"), header(json, "secret_header"));
    }

    private static HmacSignature hmac(DescriptorObject json) {
        if (!json.has("secret_setting")) {
            throw json.wrong("secret_setting", "is missing: a signature needs a secret");
        }
        var signature = new HmacSignature(
                json.choice("algorithm", HashAlgorithm.class, HashAlgorithm.SHA256),
                json.choice("encoding", SignatureEncoding.class, SignatureEncoding.HEX),
                json.flag("base64_secret", false),
                header(json, "key_header"),
                json.choices("signed", SignedPart.class),
                carried(json.object("signature")),
                json.findObject("time").map(AuthenticationReader::time));
        if (signature.signed().contains(SignedPart.TIME) && signature.time().isEmpty()) {
            throw json.wrong("time", "is missing: 'signed' names it");
        }
        return signature;
    }

    private static CarriedTime time(DescriptorObject json) {
        TimeForm form = json.choice("form", TimeForm.class, TimeForm.MILLIS);
        return new CarriedTime(carried(json), form);
    }

    /** {@code {"header": "X-SIGN"}} or {@code {"parameter": "signature"}}. */
    private static CarriedValue carried(DescriptorObject json) {
        Optional<String> parameter = json.findText("parameter");
        CarriedValue value = parameter.isPresent()
                ? new CarriedValue(Place.PARAMETER, parameter.get())
                : new CarriedValue(Place.HEADER, header(json, "header"));
        json.end();
        return value;
    }

    /** A header name that the HTTP client accepts (a token, RFC 9110, 5.6.2). */
    private static String header(DescriptorObject json, String name) {
        return json.parsed(
                name,
                text -> {
                    if (!text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                },
                "must be the name of a header");
    }
}
