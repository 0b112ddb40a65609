package io.marketbrain.api.request;

import java.util.Locale;

/** The {@code Host} header. Pure. */
public final class HostHeader {
    private HostHeader() {}

    /** The name that a {@code Host} header has, without its port, in small letters. */
    public static String name(String host) {
        int end = host.length();
        while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
            end--;
        }
        boolean port = end > 0 && end < host.length() && host.charAt(end - 1) == ':';
        return (port ? host.substring(0, end - 1) : host).toLowerCase(Locale.ROOT);
    }
}
