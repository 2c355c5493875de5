@NullMarked
package io.holdfast.sources.files;

import org.jspecify.annotations.NullMarked;
