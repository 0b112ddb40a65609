package io.marketbrain.provider.mock;

/**
 * How a symbol inherits the path of its group: it shares the keys of the group's nodes until, at some
 * node, it leaves for a subtree of its own. The finer the scale the more nodes have been left, so the
 * correlation of members falls with the length of the return, as in real markets (Epps 1979).
 *
 * @param group the key of the group's path
 * @param own the key of the symbol's own path
 * @param member whether the symbol has a group at all
 */
record Lineage(long group, long own, boolean member) {
    /** Of 1,024 nodes a member leaves so many. */
    private static final int LEAVERS = 18;

    private static final long LEAVE = 0x6C65617665L;

    static Lineage alone(long own) {
        return new Lineage(own, own, false);
    }

    static Lineage of(long group, long own) {
        return new Lineage(group, own, true);
    }

    boolean leaves(long key) {
        return (Mix.bits(key ^ own ^ LEAVE) & Tables.MASK) < LEAVERS;
    }

    long ownKey(long key) {
        return Mix.bits(key ^ own);
    }
}
