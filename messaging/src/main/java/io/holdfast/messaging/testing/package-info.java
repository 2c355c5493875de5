/** For tests of topologies. */
@NullMarked
package io.holdfast.messaging.testing;

import org.jspecify.annotations.NullMarked;
