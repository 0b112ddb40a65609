package io.marketbrain.payload;

import io.marketbrain.json.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies as text. Bytes that are not in their encoding make a body malformed. Pure. */
final class BodyText {
    private static final int DECLARATION = 128;
    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml[^>]{0,80}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private BodyText() {}

    /** The text, without a byte order mark. */
    static String decode(byte[] body, Charset charset) throws MalformedPayload {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedPayload("the body is not in " + charset);
        }
    }

    /** The encoding that an XML document declares, of those that are understood; UTF-8 if it declares none. */
    static Charset declaredCharset(byte[] body) throws MalformedPayload {
        var start = new String(body, 0, Math.min(body.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(start);
        if (!declared.find() || declared.group(1).equalsIgnoreCase("UTF-8")) {
            return StandardCharsets.UTF_8;
        }
        if (declared.group(1).equalsIgnoreCase("ISO-8859-1")) {
            return StandardCharsets.ISO_8859_1;
        }
        throw new MalformedPayload("the body is in an encoding that is not supported");
    }
}
