@NullMarked
package io.holdfast.sources.backupapi;

import org.jspecify.annotations.NullMarked;
