/**
 * Verbs that a running platform answers: its console by REST, its broker for events.
 *
 * <p>{@code plan check} lies here too, beside {@code plan publish}, though it needs nothing.
 */
@NullMarked
package io.holdfast.cli.platform;

import org.jspecify.annotations.NullMarked;
