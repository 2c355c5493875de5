/** S3 regions inside this JVM, for a first look and for tests: a directory each, served over the real protocol. */
@NullMarked
package io.holdfast.embedded.regions;

import org.jspecify.annotations.NullMarked;
