package io.holdfast.vault;

/**
 * How thoroughly to check.
 *
 * @param readData whether every pack is read and every blob opened, not only what the index and the trees say
 * @param noLock whether to go without the exclusive lock: others may work meanwhile, and what they are just writing may
 *     show as a problem
 */
public record CheckSpec(boolean readData, boolean noLock) {

    /** What the index and the trees say, under an exclusive lock. */
    public static final CheckSpec STRUCTURE = new CheckSpec(false, false);

    /** Every byte, under an exclusive lock. */
    public static final CheckSpec EVERYTHING = new CheckSpec(true, false);

    public CheckSpec withReadData(boolean readData) {
        return new CheckSpec(readData, noLock);
    }

    public CheckSpec withNoLock(boolean noLock) {
        return new CheckSpec(readData, noLock);
    }
}
