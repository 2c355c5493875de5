/** What the parts that run inside the one JVM have in common: ports that are found again, and how they fail. */
@NullMarked
package io.holdfast.embedded;

import org.jspecify.annotations.NullMarked;
