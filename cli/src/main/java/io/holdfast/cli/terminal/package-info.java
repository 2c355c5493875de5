/** What a person or a script is shown: results, progress and complaints as text and as JSON, with codes and exit codes. */
@NullMarked
package io.holdfast.cli.terminal;

import org.jspecify.annotations.NullMarked;
