@NullMarked
package io.holdfast.standalone.mail;

import org.jspecify.annotations.NullMarked;
