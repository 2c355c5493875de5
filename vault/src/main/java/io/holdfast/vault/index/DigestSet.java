package io.holdfast.vault.index;

import io.holdfast.vault.model.Digest;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A growing set of SHA-256 values, of about 40 bytes each. */
public final class DigestSet {

    private final DigestTable values = new DigestTable();

    /** Whether it was not in it. */
    public boolean add(Digest value) {
        boolean isNew = !contains(value);
        if (isNew) {
            values.add(value);
        }
        return isNew;
    }

    public boolean contains(Digest value) {
        return values.find(value, _ -> true) >= 0;
    }

    public int size() {
        return values.size();
    }

    Stream<Digest> stream() {
        return IntStream.range(0, values.size()).mapToObj(values::get);
    }
}
