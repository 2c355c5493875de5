package io.holdfast.monitor;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.AlertEvent.AlertRaised;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The dead letters of one topic since it was last free of them.
 *
 * @param since when the first of them was set aside
 * @param last when the newest of them was set aside
 * @param open whether the alert is raised
 */
record DeadLetterHealth(String topic, long count, Instant since, Instant last, String reason, boolean open) {

    static DeadLetterHealth first(DeadLetter letter, Instant at) {
        return new DeadLetterHealth(letter.topic(), 1, at, at, letter.reason(), false);
    }

    DeadLetterHealth after(DeadLetter letter, Instant at) {
        return new DeadLetterHealth(topic, count + 1, since, at.isAfter(last) ? at : last, letter.reason(), open);
    }

    boolean isOver(Instant now, Duration quiet) {
        return !last.plus(quiet).isAfter(now);
    }

    DeadLetterHealth raised() {
        return new DeadLetterHealth(topic, count, since, last, reason, true);
    }

    /** The alert that is due now, if one is. */
    Optional<AlertEvent> alert(Instant now, Duration quiet) {
        boolean over = isOver(now, quiet);
        if (open == !over) {
            return Optional.empty();
        }
        return Optional.of(over ? cleared(now, quiet) : raise(quiet));
    }

    String subject() {
        return "dead-letter/" + topic;
    }

    private AlertRaised raise(Duration quiet) {
        return new AlertRaised(
                subject(),
                AlertEvent.Severity.MEDIUM,
                null,
                null,
                "HF-A08",
                Say.message(
                        "%s of topic %s %s set aside since %s because no service could read %s; the last one: %s"
                                .formatted(
                                        count == 1 ? "A record" : count + " records",
                                        topic,
                                        count == 1 ? "was" : "were",
                                        Say.time(since),
                                        count == 1 ? "it" : "them",
                                        reason),
                        "all backups, and the records themselves, unchanged on topic holdfast.dead-letters.",
                        "find out who wrote to %s: the records' headers tell where they came from and why they were refused. The alert clears when %s pass without another."
                                .formatted(topic, Say.duration(quiet))),
                since);
    }

    private AlertCleared cleared(Instant now, Duration quiet) {
        return new AlertCleared(
                subject(),
                "No record of topic %s was set aside for %s; there had been %d."
                        .formatted(topic, Say.duration(quiet), count),
                now);
    }
}
