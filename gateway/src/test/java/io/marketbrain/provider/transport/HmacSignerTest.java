package io.marketbrain.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketbrain.provider.descriptor.Authentication.CarriedTime;
import io.marketbrain.provider.descriptor.Authentication.CarriedValue;
import io.marketbrain.provider.descriptor.Authentication.HashAlgorithm;
import io.marketbrain.provider.descriptor.Authentication.HmacSignature;
import io.marketbrain.provider.descriptor.Authentication.Place;
import io.marketbrain.provider.descriptor.Authentication.SignatureEncoding;
import io.marketbrain.provider.descriptor.Authentication.SignedPart;
import io.marketbrain.provider.descriptor.Authentication.TimeForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures against published examples. */
class HmacSignerTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_499_827_319_559L);

    /** The example in Binance's documentation of signed endpoints. */
    @Test
    void signs_a_query_with_its_time_as_binance_documents_it() {
        var scheme = new HmacSignature(
                HashAlgorithm.SHA256,
                SignatureEncoding.HEX,
                false,
                "X-MBX-APIKEY",
                List.of(SignedPart.QUERY, SignedPart.BODY),
                new CarriedValue(Place.PARAMETER, "signature"),
                Optional.of(new CarriedTime(new CarriedValue(Place.PARAMETER, "timestamp"), TimeForm.MILLIS)));
        String query = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000";
        AuthorizedRequest signed = HmacSigner.sign(
                scheme,
                "the key",
                "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
                new UnsignedRequest("GET", "/api/v3/order", query, ""),
                NOW);
        assertThat(signed.query())
                .isEqualTo(query + "&timestamp=1499827319559"
                        + "&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");
        assertThat(signed.headers()).containsEntry("X-MBX-APIKEY", "the key");
        assertThat(signed.toString()).doesNotContain("c8db56").doesNotContain("the key");
    }

    /** Test case 2 of RFC 4231. */
    @ParameterizedTest
    @CsvSource({
        "SHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "SHA512,"
                + " 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    })
    void signs_with_each_algorithm(HashAlgorithm algorithm, String expected) {
        var request = new UnsignedRequest("POST", "/p", "", "what do ya want for nothing?");
        assertThat(signature(algorithm, SignatureEncoding.HEX, false, "Jefe", request))
                .isEqualTo(expected);
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(expected));
        assertThat(signature(algorithm, SignatureEncoding.BASE64, false, "Jefe", request))
                .isEqualTo(base64);
        String secret = Base64.getEncoder().encodeToString("Jefe".getBytes(StandardCharsets.UTF_8));
        assertThat(signature(algorithm, SignatureEncoding.HEX, true, secret, request))
                .isEqualTo(expected);
    }

    @Test
    void a_secret_that_is_not_the_base64_it_should_be_signs_as_it_stands() {
        var request = new UnsignedRequest("POST", "/p", "", "text");
        assertThat(signature(HashAlgorithm.SHA256, SignatureEncoding.HEX, true, "not*base64", request))
                .isEqualTo(signature(HashAlgorithm.SHA256, SignatureEncoding.HEX, false, "not*base64", request));
    }

    @ParameterizedTest
    @CsvSource({"SECONDS, 1499827319", "MILLIS, 1499827319559", "ISO, 2017-07-12T02:41:59.559Z"})
    void signs_time_method_path_query_body_and_key_in_the_order_given(TimeForm form, String time) {
        var everything = new HmacSignature(
                HashAlgorithm.SHA256,
                SignatureEncoding.HEX,
                false,
                "KEY",
                List.of(
                        SignedPart.TIME,
                        SignedPart.METHOD,
                        SignedPart.PATH,
                        SignedPart.QUERY,
                        SignedPart.TARGET,
                        SignedPart.BODY,
                        SignedPart.KEY),
                new CarriedValue(Place.HEADER, "SIGN"),
                Optional.of(new CarriedTime(new CarriedValue(Place.HEADER, "TIME"), form)));
        var request = new UnsignedRequest("POST", "/p", "a=1", "{}");
        AuthorizedRequest signed = HmacSigner.sign(everything, "k", "s", request, NOW);
        assertThat(signed.headers()).containsEntry("TIME", time).containsEntry("KEY", "k");
        assertThat(signed.query()).isEqualTo("a=1");
        var joined = new UnsignedRequest("", "", "", time + "POST/pa=1/p?a=1{}k");
        assertThat(signed.headers())
                .containsEntry("SIGN", signature(HashAlgorithm.SHA256, SignatureEncoding.HEX, false, "s", joined));
    }

    /** The signature over the body alone. */
    private static String signature(
            HashAlgorithm algorithm,
            SignatureEncoding encoding,
            boolean base64Secret,
            String secret,
            UnsignedRequest request) {
        var scheme = new HmacSignature(
                algorithm,
                encoding,
                base64Secret,
                "KEY",
                List.of(SignedPart.BODY),
                new CarriedValue(Place.HEADER, "SIGN"),
                Optional.empty());
        return HmacSigner.sign(scheme, "k", secret, request, NOW).headers().get("SIGN");
    }
}
