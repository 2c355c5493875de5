package io.holdfast.vault.backend;

import io.holdfast.vault.backend.BackendException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a place could not do, on the way to becoming a {@link BackendException} an operator can act on: code, what
 * failed, on what, why, what is safe, what to do.
 *
 * @param attempt what was tried, after "Cannot": {@code store data/ab/ab…}
 * @param location the place, as {@link Backend#location()} gives it
 */
public record Problem(String attempt, String location) {

    public static Problem with(String verb, Handle handle, String location) {
        return new Problem(verb + " " + handle, location);
    }

    /**
     * The exception to throw.
     *
     * @param why the cause in a few words, without a full stop; never a secret
     * @param remedy what is safe and what to do, in whole sentences
     */
    public BackendException because(Kind kind, String why, String remedy, @Nullable Throwable cause) {
        return new BackendException(
                kind, "%s Cannot %s in %s: %s. %s".formatted(code(kind), attempt, location, why, remedy), cause);
    }

    private static String code(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "HF-V101";
            case DENIED -> "HF-V102";
            case MISCONFIGURED -> "HF-V103";
            case FULL -> "HF-V104";
            case DAMAGED -> "HF-V105";
            case UNREACHABLE -> "HF-V106";
            case RETAINED -> "HF-V107";
        };
    }
}
