package io.marketbrain.provider.transport;

import java.io.IOException;

/** A body that is not read any further: too large, damaged, or in an unknown encoding. The message follows "sent". */
final class PayloadRejected extends IOException {
    private static final long serialVersionUID = 1L;

    PayloadRejected(String message) {
        super(message);
    }

    static PayloadRejected tooLarge(int most) {
        return new PayloadRejected("a body that is too large: more than " + most + " bytes");
    }

    static PayloadRejected damaged() {
        return new PayloadRejected("an unreadable response: the compressed body is damaged or cut short");
    }
}
