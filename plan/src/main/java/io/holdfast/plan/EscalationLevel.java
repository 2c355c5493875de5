package io.holdfast.plan;

import java.time.Duration;
import java.util.List;

/**
 * One step of the escalation.
 *
 * @param level 1 is told at once
 * @param timeout how long to wait for an acknowledgement before the next level is told as well; the last level repeats
 * @param recipients mail addresses, each once; names of contacts and {@code all_contacts} are spelled out
 */
public record EscalationLevel(int level, Duration timeout, List<String> recipients) {

    public EscalationLevel {
        Names.require(level > 0, "level must be positive, was %d", level);
        Names.require(timeout.isPositive(), "timeout must be positive, was %s", timeout);
        recipients = Names.some("recipients", recipients);
        recipients.forEach(Mail::address);
    }
}
