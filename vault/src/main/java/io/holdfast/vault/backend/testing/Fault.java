package io.holdfast.vault.backend.testing;

import io.holdfast.vault.backend.BackendException.Kind;
import java.util.Arrays;

/** How a {@link FaultyBackend} misbehaves. */
public sealed interface Fault {

    /** The call fails and does nothing. */
    record Failure(Kind kind) implements Fault {}

    /** The call does its work and fails all the same, as when a connection breaks before the answer. */
    record AnswerLost(Kind kind) implements Fault {}

    /** Something happens just before the call's work: the process halts, for one. */
    record Before(Runnable action) implements Fault {}

    /** Something happens just after the call's work and before its answer. */
    record After(Runnable action) implements Fault {}

    /** Only the first bytes are stored or loaded, and nobody is told. */
    record Truncated(int length) implements Fault {}

    /** One bit of what is stored or loaded is wrong, and nobody is told. It is counted from the first byte's lowest. */
    record FlippedBit(int bit) implements Fault {}

    /** A listing lacks this many files, and nobody is told. */
    record PartialListing(int omitted) implements Fault {}

    /** What becomes of a file's content on its way. */
    default byte[] changed(byte[] content) {
        return switch (this) {
            case Truncated(int length) -> Arrays.copyOf(content, Math.min(length, content.length));
            case FlippedBit(int bit) -> {
                byte[] flipped = content.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                yield flipped;
            }
            case Failure _, AnswerLost _, Before _, After _, PartialListing _ -> content;
        };
    }
}
