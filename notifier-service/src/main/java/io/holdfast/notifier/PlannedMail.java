package io.holdfast.notifier;

import io.holdfast.events.Envelope;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.MailServer;
import io.holdfast.events.PlanRecord.Retired;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The mail server of the current plan. */
final class PlannedMail {

    private final AtomicReference<Optional<MailServer>> server = new AtomicReference<>(Optional.empty());
    private long revision;

    /** Takes in a record of the plan; true when the mail server is another one now. */
    synchronized boolean on(Envelope envelope) {
        return switch (envelope.event()) {
            case EscalationPlanned planned -> replace(Optional.ofNullable(planned.mail()), planned.revision());
            case Retired retired
            when retired.key().equals(EscalationPlanned.KEY) -> replace(Optional.empty(), retired.revision());
            default -> false;
        };
    }

    Optional<MailServer> server() {
        return server.get();
    }

    private boolean replace(Optional<MailServer> now, long at) {
        if (at < revision) {
            return false;
        }
        revision = at;
        return !server.getAndSet(now).equals(now);
    }
}
