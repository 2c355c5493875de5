package io.holdfast.vault.replica;

/**
 * How thoroughly to audit a copy. What its listings, its index and its directories say is always compared; the contents of
 * its packs are read in parts, so that a rotation over all parts reads everything once.
 *
 * @param part which part is read now, from 1; 0 for none
 * @param parts how many there are
 * @param transfers how many files are read or kept from deletion at once; together they take at most 64 MiB of memory and
 *     a sixteenth of the heap, or as much as the largest of them
 */
public record AuditSpec(int part, int parts, int transfers) {

    /** No contents. */
    public static final AuditSpec STRUCTURE = new AuditSpec(0, 1, 4);

    /** Every byte. */
    public static final AuditSpec EVERYTHING = new AuditSpec(1, 1, 4);

    public AuditSpec {
        if (part < 0 || parts < 1 || part > parts || parts > 256) {
            throw new IllegalArgumentException(
                    "part must be between 0 and parts, and parts between 1 and 256; were %d of %d"
                            .formatted(part, parts));
        }
        if (transfers < 1) {
            throw new IllegalArgumentException("transfers must be at least 1, was " + transfers);
        }
    }

    /** The contents of one part of several: the packs are told apart by the beginnings of their names. */
    public AuditSpec withPart(int which, int of) {
        return new AuditSpec(which, of, transfers);
    }

    public AuditSpec withTransfers(int atOnce) {
        return new AuditSpec(part, parts, atOnce);
    }

    /** @param firstByte of the pack's name */
    boolean reads(int firstByte) {
        return part > 0 && firstByte % parts == part - 1;
    }
}
