/** The contract between whoever captures or restores components and the kinds of sources. */
@NullMarked
package io.holdfast.sources.component;

import org.jspecify.annotations.NullMarked;
