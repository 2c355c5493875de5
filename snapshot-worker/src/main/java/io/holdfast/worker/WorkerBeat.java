package io.holdfast.worker;

import io.holdfast.events.Event;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.site.Disk;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the worker says every few seconds: that it lives, and how far each backup is, which renews their leases. */
record WorkerBeat(
        SiteSettings site, Journal journal, JournalWorker captures, RunningCaptures running, SitePlan plan, Clock clock)
        implements Supplier<Collection<Event>> {

    private static final Logger log = LoggerFactory.getLogger(WorkerBeat.class);

    @Override
    public Collection<Event> get() {
        var beat = new ArrayList<Event>();
        beat.add(alive());
        Map<String, JournalWorker.Stage> stages = captures.stages();
        for (Journal.Entry entry : entries()) {
            if (entry.request() instanceof BackupRequested backup && stages.containsKey(entry.id())) {
                for (OneBackup one : OneBackup.of(backup, site.id())) {
                    beat.add(progress(one, stages.get(entry.id())));
                }
            }
        }
        return beat;
    }

    private ServiceAlive alive() {
        Disk disk = plan.site().map(planned -> Disk.of(planned.vaults())).orElse(Disk.UNKNOWN);
        return new ServiceAlive(
                site.id() + "." + SnapshotWorkerConfiguration.SERVICE,
                SnapshotWorkerConfiguration.SERVICE,
                site.id(),
                null,
                disk.free(),
                disk.total(),
                clock.instant());
    }

    private BackupProgressed progress(OneBackup backup, JournalWorker.Stage stage) {
        return new BackupProgressed(
                backup.component(),
                backup.id(),
                backup.request().attempt(),
                backup.request().recoveryPoint(),
                switch (stage) {
                    case QUEUED -> ProgressEvent.State.QUEUED;
                    case RUNNING -> ProgressEvent.State.RUNNING;
                },
                running.files(backup.id()),
                running.bytes(backup.id()));
    }

    private Collection<Journal.Entry> entries() {
        try {
            return journal.entries();
        } catch (IOException e) {
            log.warn("The leases of running backups are not renewed: {}", e.getMessage());
            return List.of();
        }
    }
}
