/** JMH benchmarks of what a backup is made of. */
@NullMarked
package io.holdfast.benchmarks.stages;

import org.jspecify.annotations.NullMarked;
