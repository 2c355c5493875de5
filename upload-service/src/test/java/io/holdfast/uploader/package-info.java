@NullMarked
package io.holdfast.uploader;

import org.jspecify.annotations.NullMarked;
