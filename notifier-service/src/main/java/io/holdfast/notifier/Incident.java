package io.holdfast.notifier;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent.IncidentAcknowledged;
import io.holdfast.events.IncidentEvent.IncidentEscalated;
import io.holdfast.events.IncidentEvent.IncidentOpened;
import io.holdfast.events.IncidentEvent.IncidentResolved;
import io.holdfast.events.PlanRecord.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An incident; each state has the transitions that are possible from it, and no others. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
sealed interface Incident {

    /** How long a resolved incident is remembered, so that its alert, coming again, opens nothing. */
    Duration REMEMBERED = Duration.ofDays(30);

    Case about();

    List<Told> told();

    /** Opens an incident and tells the first step of the path; with nobody to tell it stays open untold. */
    static Turn opened(Case about, EscalationPath path) {
        Event opened = new IncidentOpened(
                about.incident(), about.subject(), about.severity(), about.message(), about.openedAt());
        Turn first = new Untold(about).planned(path, about.openedAt());
        return new Turn(
                first.incident(),
                Stream.concat(Stream.of(opened), first.events().stream()).toList());
    }

    /** An incident that is not over. */
    sealed interface Unresolved extends Incident {

        /** The alert is over: so is the incident, and everyone who was told of it is told. */
        default Turn resolved(AlertCleared cleared, Instant now, @Nullable Acknowledgement acknowledgement) {
            var events = new ArrayList<Event>();
            events.add(new IncidentResolved(about().incident(), about().subject(), cleared.message(), now));
            for (Told someone : told()) {
                events.add(Notices.resolution(about(), someone, cleared.message(), acknowledgement, now));
            }
            return new Turn(new Resolved(about(), now), List.copyOf(events));
        }

        default Turn resolved(AlertCleared cleared, Instant now) {
            return resolved(cleared, now, null);
        }
    }

    /** Open, but the plan names nobody to tell. */
    @JsonTypeName("untold")
    record Untold(Case about) implements Unresolved {

        @Override
        public List<Told> told() {
            return List.of();
        }

        /** The plan names whom to tell, now or later. */
        Turn planned(EscalationPath path, Instant now) {
            return path.isEmpty() ? Turn.silent(this) : Open.telling(about, path, 0, 0, List.of(), now);
        }

        Turn acknowledged(IncidentAcknowledged by) {
            return Turn.silent(new Acknowledged(about, List.of(), new Acknowledgement(by.by(), by.at())));
        }
    }

    /**
     * Told to the steps of the path up to one, and not acknowledged.
     *
     * @param path as planned when the first step was told
     * @param step the last step told, from 0
     * @param repetition how often the last step was reminded
     * @param at when that step was told or reminded
     */
    @JsonTypeName("open")
    record Open(Case about, EscalationPath path, int step, int repetition, Instant at, List<Told> told)
            implements Unresolved {

        private static Turn telling(
                Case about, EscalationPath path, int step, int repetition, List<Told> before, Instant now) {
            Level level = path.step(step);
            var told = new ArrayList<>(before);
            var notices = new ArrayList<Event>();
            for (String address : level.addresses().stream().distinct().toList()) {
                notices.add(Notices.initial(about, path, step, repetition, address, now));
                if (before.stream().noneMatch(someone -> someone.address().equals(address))) {
                    told.add(new Told(address, level.level()));
                }
            }
            return new Turn(new Open(about, path, step, repetition, now, List.copyOf(told)), List.copyOf(notices));
        }

        /** What is due by now: the next step is told as well, or the last one reminded. */
        Optional<Turn> due(Instant now) {
            if (now.isBefore(at.plus(path.step(step).timeout()))) {
                return Optional.empty();
            }
            return Optional.of(
                    path.hasStep(step + 1) ? escalated(now) : telling(about, path, step, repetition + 1, told, now));
        }

        Turn acknowledged(IncidentAcknowledged by) {
            return Turn.silent(new Acknowledged(about, told, new Acknowledgement(by.by(), by.at())));
        }

        private Turn escalated(Instant now) {
            Turn next = telling(about, path, step + 1, 0, told, now);
            Event escalated = new IncidentEscalated(
                    about.incident(), about.subject(), path.step(step + 1).level(), now);
            return new Turn(
                    next.incident(),
                    Stream.concat(Stream.of(escalated), next.events().stream()).toList());
        }
    }

    /** Someone took it on: nobody else is told until it is over. */
    @JsonTypeName("acknowledged")
    record Acknowledged(Case about, List<Told> told, Acknowledgement acknowledgement) implements Unresolved {

        @Override
        public Turn resolved(AlertCleared cleared, Instant now) {
            return resolved(cleared, now, acknowledgement);
        }
    }

    /** Over. */
    @JsonTypeName("resolved")
    record Resolved(Case about, Instant at) implements Incident {

        @Override
        public List<Told> told() {
            return List.of();
        }

        boolean isForgotten(Instant now) {
            return !at.plus(REMEMBERED).isAfter(now);
        }
    }
}
