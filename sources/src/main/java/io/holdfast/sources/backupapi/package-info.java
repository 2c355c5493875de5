/** Systems that make their own backups over REST. */
@NullMarked
package io.holdfast.sources.backupapi;

import org.jspecify.annotations.NullMarked;
