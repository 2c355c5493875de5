/** A Kafka broker inside this JVM, for those who have none of their own. */
@NullMarked
package io.holdfast.embedded.broker;

import org.jspecify.annotations.NullMarked;
