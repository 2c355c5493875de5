package io.holdfast.vault.feedback;

/** Told how far long work has come, by any thread. */
@FunctionalInterface
public interface Watch {

    Watch NONE = (_, _, _) -> {};

    /**
     * The work has come so far.
     *
     * @param what is being done, for people
     * @param done how much of it, in units of its own
     * @param of how much there is; 0 while that is not known
     */
    void at(String what, long done, long of);
}
