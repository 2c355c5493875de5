package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;

/** Sees to it that a guard watches over brackets before one is opened. */
@FunctionalInterface
interface GuardStart {

    /** @throws SourceException HF-Q28 if there is no guard, and none can be started */
    void ensure() throws SourceException;
}
