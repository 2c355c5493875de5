package io.holdfast.vault.prune;

/** How much unused data may stay in packs that also hold used data, for it costs time to repack them. */
public sealed interface Allowance {

    /** This part of the repository afterwards, in percent, from 0 to below 100. */
    record Percent(double percent) implements Allowance {
        public Percent {
            if (!(percent >= 0 && percent < 100)) {
                throw new IllegalArgumentException("unused data is allowed from 0 % to below 100 %");
            }
        }
    }

    record Bytes(long bytes) implements Allowance {
        public Bytes {
            if (bytes < 0) {
                throw new IllegalArgumentException("a number of bytes is not negative");
            }
        }
    }

    /** Nothing is repacked for unused data alone. */
    record Unlimited() implements Allowance {}

    /** The bytes allowed beside so many used ones. */
    default long bytes(long used) {
        return switch (this) {
            case Percent(double percent) -> (long) (percent / (100 - percent) * used);
            case Bytes(long bytes) -> bytes;
            case Unlimited _ -> Long.MAX_VALUE;
        };
    }
}
