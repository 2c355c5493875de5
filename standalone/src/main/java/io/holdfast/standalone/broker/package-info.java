/** A Kafka broker inside this JVM, for those who have none of their own. */
@NullMarked
package io.holdfast.standalone.broker;

import org.jspecify.annotations.NullMarked;
