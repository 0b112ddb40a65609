package io.marketbrain.alerts.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether an address is public, so that whoever may create an alert cannot make the gateway send requests into the network
 * that it is in. Refused are all special-purpose addresses of the IANA registries (RFC 6890) that lead to a host, multicast, and the
 * metadata services of clouds; IPv4 addresses also within IPv6 ones. Pure.
 */
public final class TargetPolicy {
    private TargetPolicy() {}

    private static final List<Block> REFUSED = List.of(
            new Block("0.0.0.0/8", "unspecified"),
            new Block("10.0.0.0/8", "private"),
            new Block("100.64.0.0/10", "shared (carrier-grade NAT)"),
            new Block("127.0.0.0/8", "loopback"),
            new Block("168.63.129.16/32", "a cloud's metadata service"),
            new Block("169.254.0.0/16", "link-local"),
            new Block("172.16.0.0/12", "private"),
            new Block("192.0.0.0/24", "reserved"),
            new Block("192.0.2.0/24", "reserved"),
            new Block("192.88.99.0/24", "reserved"),
            new Block("192.168.0.0/16", "private"),
            new Block("198.18.0.0/15", "reserved"),
            new Block("198.51.100.0/24", "reserved"),
            new Block("203.0.113.0/24", "reserved"),
            new Block("224.0.0.0/4", "multicast"),
            new Block("240.0.0.0/4", "reserved"),
            new Block("::/128", "unspecified"),
            new Block("::1/128", "loopback"),
            new Block("64:ff9b:1::/48", "private"),
            new Block("100::/64", "reserved"),
            new Block("2001::/23", "reserved"),
            new Block("2001:db8::/32", "reserved"),
            new Block("3fff::/20", "reserved"),
            new Block("5f00::/16", "reserved"),
            new Block("fc00::/7", "private"),
            new Block("fe80::/10", "link-local"),
            new Block("fec0::/10", "private"),
            new Block("ff00::/8", "multicast"));

    /** A block of addresses, and what they are. */
    private static final class Block {
        private final byte[] prefix;
        private final int bits;
        private final String kind;

        Block(String cidr, String kind) {
            String[] parts = cidr.split("/", -1);
            this.prefix = InetAddress.ofLiteral(parts[0]).getAddress();
            this.bits = Integer.parseInt(parts[1]);
            this.kind = kind;
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : (0xff << (8 - bits + bit)) & 0xff;
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What kind of address it is that webhooks are not sent to; empty for a public one. */
    public static Optional<String> findRefusal(InetAddress address) {
        return findRefusal(address.getAddress());
    }

    private static Optional<String> findRefusal(byte[] address) {
        Optional<String> own = REFUSED.stream()
                .filter(block -> block.contains(address))
                .map(block -> block.kind)
                .findFirst();
        return own.isPresent() || address.length == 4 ? own : embedded(address).flatMap(TargetPolicy::findRefusal);
    }

    /** The IPv4 address that an IPv6 one leads to: mapped, compatible, 6to4 or NAT64. */
    private static Optional<byte[]> embedded(byte[] address) {
        boolean zeros = isZero(address, 10);
        boolean mapped = zeros && address[10] == (byte) 0xff && address[11] == (byte) 0xff;
        boolean compatible = zeros && address[10] == 0 && address[11] == 0;
        boolean nat64 = address[0] == 0
                && address[1] == 0x64
                && address[2] == (byte) 0xff
                && address[3] == (byte) 0x9b
                && isZero(Arrays.copyOfRange(address, 4, 12), 8);
        if (mapped || compatible || nat64) {
            return Optional.of(Arrays.copyOfRange(address, 12, 16));
        }
        boolean sixToFour = address[0] == 0x20 && address[1] == 0x02;
        return sixToFour ? Optional.of(Arrays.copyOfRange(address, 2, 6)) : Optional.empty();
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a host is an address, not a name. */
    static Optional<InetAddress> findLiteral(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The refusal of a host that can be told without a look-up. */
    public static Optional<String> findRefusal(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean local = name.equalsIgnoreCase("localhost")
                || name.toLowerCase(java.util.Locale.ROOT).endsWith(".localhost");
        return local ? Optional.of("loopback") : findLiteral(host).flatMap(TargetPolicy::findRefusal);
    }
}
