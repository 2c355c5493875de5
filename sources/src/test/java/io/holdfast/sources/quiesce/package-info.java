@NullMarked
package io.holdfast.sources.quiesce;

import org.jspecify.annotations.NullMarked;
