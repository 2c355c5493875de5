/** A mail server inside this JVM that keeps what it gets as files, for those who have none at hand. */
@NullMarked
package io.holdfast.standalone.mail;

import org.jspecify.annotations.NullMarked;
