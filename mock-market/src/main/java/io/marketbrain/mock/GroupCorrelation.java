package io.marketbrain.mock;

/**
 * How a symbol follows the path of its group: it shares the keys of the group's nodes until, at some node, it branches
 * off into its own subtree. The finer the scale, the more nodes have branched off, so the correlation of members
 * decreases with the length of the return, as in real markets (Epps 1979).
 *
 * @param group the key of the group's path
 * @param own the key of the symbol's own path
 * @param member whether the symbol belongs to a group
 */
record GroupCorrelation(long group, long own, boolean member) {
    /** The number of nodes in 1,024 at which a member branches off. */
    private static final int BRANCHES_PER_1024 = 18;

    private static final long BRANCH_SALT = 0x6C65617665L;

    static GroupCorrelation ungrouped(long own) {
        return new GroupCorrelation(own, own, false);
    }

    static GroupCorrelation of(long group, long own) {
        return new GroupCorrelation(group, own, true);
    }

    boolean branchesOff(long key) {
        return (SplitMix64.bits(key ^ own ^ BRANCH_SALT) & RandomTables.MASK) < BRANCHES_PER_1024;
    }

    long memberKey(long key) {
        return SplitMix64.bits(key ^ own);
    }
}
