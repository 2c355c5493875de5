/** {@code holdfast emergency}: saves whatever the sources still give, with nothing running. The only verb that knows sources. */
@NullMarked
package io.holdfast.cli.emergency;

import org.jspecify.annotations.NullMarked;
