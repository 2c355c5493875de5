@NullMarked
package io.holdfast.sources.configuration;

import org.jspecify.annotations.NullMarked;
