package io.holdfast.plan;

import org.jspecify.annotations.Nullable;

/** Reads one kind of value. */
@FunctionalInterface
interface Value<T> {

    /** Null if the value is wrong, which is reported. */
    @Nullable
    T read(Located at, Problems problems);
}
