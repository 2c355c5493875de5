package io.holdfast.site;

/** Another is at what work is to begin with: the work waits for its turn, and holds nothing up meanwhile. */
public final class InUse extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param what it is, as an operator would name it */
    public InUse(String what) {
        super(what, null, false, false);
    }
}
