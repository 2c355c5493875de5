/** The vault beside restic on the same data: what generates them, the resident engine, and the table of figures. */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
