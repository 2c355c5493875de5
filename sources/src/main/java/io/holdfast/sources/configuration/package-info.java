/** The configuration of a host: files, crontabs, units, manifests. */
@NullMarked
package io.holdfast.sources.configuration;

import org.jspecify.annotations.NullMarked;
