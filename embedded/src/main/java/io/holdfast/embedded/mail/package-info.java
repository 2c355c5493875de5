/** A mail server inside this JVM that keeps what it gets as files, for those who have none at hand. */
@NullMarked
package io.holdfast.embedded.mail;

import org.jspecify.annotations.NullMarked;
