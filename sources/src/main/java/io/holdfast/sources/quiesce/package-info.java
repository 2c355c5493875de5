/**
 * Brackets: what rests while a component is captured or restored, and always comes back to the state that it was in.
 *
 * <p>A bracket lies at the site as a file before anything is touched, and until everything is back. Whoever opened it closes
 * it; if that process dies or hangs, the {@link io.holdfast.sources.quiesce.Guard} does.
 */
@NullMarked
package io.holdfast.sources.quiesce;

import org.jspecify.annotations.NullMarked;
