package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.util.Optional;

/** How things of one kind are looked at, brought to rest and brought back. */
interface Keeper<T extends Resting> {

    /**
     * Looks at one, and touches nothing.
     *
     * @param name as the plan has it, or what {@link #handle} gives
     * @throws SourceException HF-Q20 if it is not there, HF-Q21 if it can be brought to no rest that it returns from
     */
    T look(String name, Purpose purpose) throws IOException;

    /** A name for {@link #look} that means this very thing. */
    String handle(T thing);

    /** Brings it to rest, and waits until it is. Does no harm to what rests already. */
    void rest(T thing) throws IOException;

    /**
     * Brings it back to what it was, if it still is as a bracket left it, and leaves it alone otherwise.
     *
     * @param touch whether to do that; otherwise it only looks, since another bracket holds it too
     * @return how it did not stay at rest, for an operator; empty if it did
     * @throws IOException if it could not be brought back, or that cannot be known
     */
    Optional<String> bringBack(T thing, boolean touch) throws IOException;
}
