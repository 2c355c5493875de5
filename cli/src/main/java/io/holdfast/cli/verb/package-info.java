/** What a verb is made of: the global options and the process it runs in, and an end in order when it is interrupted. */
@NullMarked
package io.holdfast.cli.verb;

import org.jspecify.annotations.NullMarked;
