package io.holdfast.events;

import java.time.Instant;

/**
 * An event with its CloudEvents 1.0 context.
 *
 * @param id unique per source; derived where a redelivered event must be recognised
 * @param source who says it, {@code /sites/<site>/<service>} or {@code /central/<service>}
 * @param correlation one id from the request to the verified copy: the recovery point's or the restore's
 */
public record Envelope(String id, String source, Instant time, String correlation, Event event) {}
