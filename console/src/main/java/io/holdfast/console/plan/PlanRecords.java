package io.holdfast.console.plan;

import io.holdfast.console.view.PlanView;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.Contact;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Level;
import io.holdfast.events.PlanRecord.MailServer;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.Schedule;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.plan.Component;
import io.holdfast.plan.Consistency;
import io.holdfast.plan.Mail;
import io.holdfast.plan.Plan;
import io.holdfast.plan.Region;
import io.holdfast.plan.RunKind;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Stack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as the records that services read. Secrets stay references. */
final class PlanRecords {

    private PlanRecords() {}

    /**
     * All records of a revision but the last, which holds the text. What others refer to comes first.
     *
     * @param before what the revisions until now said
     */
    static List<PlanRecord> of(Plan plan, long revision, PlanView before) {
        var records = new ArrayList<PlanRecord>();
        for (String site : plan.sites()) {
            records.add(new SitePlanned(
                    site,
                    plan.vaults().directory().toString(),
                    plan.vaults().password().wire(),
                    revision));
        }
        for (Region region : plan.regions()) {
            records.add(new RegionPlanned(
                    region.name(),
                    region.location().wire(),
                    wire(region.accessKey()),
                    wire(region.secretKey()),
                    revision));
        }
        records.add(escalation(plan, revision));
        for (Stack stack : plan.stacks()) {
            for (Component component : stack.components()) {
                records.add(component(stack, component, revision, before));
            }
        }
        return records;
    }

    private static ComponentPlanned component(Stack stack, Component component, long revision, PlanView before) {
        var id = new ComponentId(stack.name(), component.name());
        return new ComponentPlanned(
                id,
                stack.site(),
                component.source().toJson(),
                component.timetable().schedules().stream()
                        .map(PlanRecords::schedule)
                        .toList(),
                component.regions(),
                component.timetable().longestGap(),
                component.objectives().rpo(),
                component.objectives().rto(),
                component.sizeDeviation().percent(),
                component.sizeDeviation().floorBytes(),
                revision,
                stack.consistency() == Consistency.TOGETHER ? true : null,
                SourceRevision.of(before.component(id).orElse(null), stack.site(), component.source(), revision));
    }

    private static Schedule schedule(io.holdfast.plan.Schedule schedule) {
        return new Schedule(schedule.expression(), schedule.zone().getId(), kind(schedule.kind()), schedule.jitter());
    }

    private static BackupKind kind(RunKind kind) {
        return switch (kind) {
            case INCREMENTAL -> BackupKind.INCREMENTAL;
            case FULL -> BackupKind.FULL;
        };
    }

    private static EscalationPlanned escalation(Plan plan, long revision) {
        return new EscalationPlanned(
                mail(plan.mail()),
                plan.contacts().stream()
                        .map(contact -> new Contact(contact.name(), contact.email(), contact.phone(), contact.role()))
                        .toList(),
                plan.escalation().stream()
                        .map(level -> new Level(level.level(), level.timeout(), level.recipients()))
                        .toList(),
                revision);
    }

    private static @Nullable MailServer mail(@Nullable Mail mail) {
        return mail == null
                ? null
                : new MailServer(
                        mail.host(), mail.port(), mail.from(), mail.startTls(), mail.user(), wire(mail.password()));
    }

    private static @Nullable String wire(@Nullable SecretReference secret) {
        return secret == null ? null : secret.wire();
    }
}
