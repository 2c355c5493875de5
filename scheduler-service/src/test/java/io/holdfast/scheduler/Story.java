package io.holdfast.scheduler;

import io.holdfast.events.Event;
import io.holdfast.events.EventJson;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One stack's agenda, the time, and everything said so far. */
final class Story {

    private StackAgenda agenda = StackAgenda.empty(Facts.STACK);
    private Instant now;
    private final List<Announcement> said = new ArrayList<>();

    Story(String start) {
        now = Instant.parse(start);
    }

    Instant now() {
        return now;
    }

    StackAgenda agenda() {
        return agenda;
    }

    /** Tells an event, as often as it likes, without the time going on. */
    void tell(Event... events) {
        for (Event event : events) {
            decided(agenda.after(event, now, Facts.SETTINGS));
        }
    }

    /** Lets the time go on to an instant, forwards or backwards, with one look at the end. */
    void jumpTo(String instant) {
        now = Instant.parse(instant);
        decided(agenda.at(now, Facts.SETTINGS));
    }

    /** Lets the time go on without a look. */
    void sleepUntil(String instant) {
        now = Instant.parse(instant);
    }

    /** As {@link #jumpTo} after a restart, which finds the state as it was stored. */
    void resumeAt(String instant) {
        now = Instant.parse(instant);
        agenda = EventJson.read(EventJson.write(agenda), StackAgenda.class).resumed(now, Facts.SETTINGS);
        decided(agenda.at(now, Facts.SETTINGS));
    }

    /** Lets the time go on, looking whenever something is due, as the topology does. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (!agenda.wakeAt().isAfter(end)) {
            now = Instants.later(agenda.wakeAt(), now);
            decided(agenda.at(now, Facts.SETTINGS));
        }
        now = end;
    }

    private void decided(Decided decided) {
        agenda = EventJson.read(EventJson.write(decided.agenda()), StackAgenda.class);
        said.addAll(decided.announcements());
    }

    List<Announcement> said() {
        return said;
    }

    /** Everything said of a kind since the start. */
    <E> List<E> said(Class<E> kind) {
        return said.stream()
                .map(Announcement::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <E> E last(Class<E> kind) {
        return said(kind).getLast();
    }

    BackupRequested lastRequest(String component) {
        return said(BackupRequested.class).stream()
                .filter(request -> request.component().component().equals(component))
                .toList()
                .getLast();
    }

    List<String> requestsToSite() {
        return said.stream()
                .filter(announcement -> announcement.topic().equals(Topics.requests(Facts.SITE)))
                .map(announcement -> announcement.event().key())
                .toList();
    }
}
