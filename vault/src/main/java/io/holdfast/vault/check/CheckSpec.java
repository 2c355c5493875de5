package io.holdfast.vault.check;

/**
 * How thoroughly to check.
 *
 * @param readData which packs are read, and every blob in them opened; of all others only what index and trees say is
 *     looked at
 * @param noLock whether to go without the exclusive lock: others may work meanwhile, and what they are just writing may
 *     show as a problem
 */
public record CheckSpec(ReadData readData, boolean noLock) {

    /** What the index and the trees say, under an exclusive lock. */
    public static final CheckSpec STRUCTURE = new CheckSpec(ReadData.nothing(), false);

    /** Every byte, under an exclusive lock. */
    public static final CheckSpec EVERYTHING = new CheckSpec(ReadData.everything(), false);

    public CheckSpec withReadData(ReadData readData) {
        return new CheckSpec(readData, noLock);
    }

    public CheckSpec withNoLock(boolean noLock) {
        return new CheckSpec(readData, noLock);
    }
}
