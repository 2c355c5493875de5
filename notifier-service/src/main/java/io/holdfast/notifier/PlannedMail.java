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
    private volatile Runnable changed = () -> {};
    private long revision;

    /** Calls when the mail server is another one. */
    void onChange(Runnable call) {
        changed = call;
    }

    /** Takes in a record of the plan. */
    void on(Envelope envelope) {
        boolean other = switch (envelope.event()) {
            case EscalationPlanned planned -> replace(Optional.ofNullable(planned.mail()), planned.revision());
            case Retired retired
            when retired.key().equals(EscalationPlanned.KEY) -> replace(Optional.empty(), retired.revision());
            default -> false;
        };
        if (other) {
            changed.run();
        }
    }

    Optional<MailServer> server() {
        return server.get();
    }

    private synchronized boolean replace(Optional<MailServer> now, long at) {
        if (at < revision) {
            return false;
        }
        revision = at;
        return !server.getAndSet(now).equals(now);
    }
}
