@NullMarked
package io.holdfast.embedded.mail;

import org.jspecify.annotations.NullMarked;
