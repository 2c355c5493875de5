/** Fakes for tests of whatever brings things to rest. */
@NullMarked
package io.holdfast.sources.quiesce.testing;

import org.jspecify.annotations.NullMarked;
