package io.holdfast.plan;

/** How the components of a stack are captured when they are due at the same instant. */
public enum Consistency {
    /** All are quiesced before the first is captured, so that the recovery point shows one moment. */
    TOGETHER,
    /** Each is captured when its turn comes; the recovery point shows the spread. */
    SEPARATE
}
