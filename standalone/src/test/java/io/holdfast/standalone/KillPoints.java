package io.holdfast.standalone;

import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.SafetySnapshotTaken;
import io.holdfast.events.Topic;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.site.Places;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Halts the JVM, with no hook run and nothing flushed, at the point that a file in the data directory names. */
@Configuration(proxyBeanMethods = false)
class KillPoints {

    static final String ARMED = "kill-at";
    static final int STATUS = 137;

    /** How a restore names what is not whole yet. */
    private static final String UNFINISHED = ".holdfast-restore-";

    /** How the threads that read the content of files for a restore are called. */
    private static final String RESTORING = "vault-restore-";

    private final Path armed;
    private final Path sources;

    KillPoints(@Value("${holdfast.site.state-directory}") Path state) {
        this.armed = state.resolveSibling(ARMED);
        this.sources = TestStack.sources(state.resolveSibling(""));
    }

    @Bean
    @Primary
    Places killablePlaces(@Qualifier("places") Places places) {
        return (location, credentials) -> {
            var backend = new FaultyBackend(places.open(location, credentials));
            return location.startsWith("s3:") ? region(backend) : vault(backend);
        };
    }

    @Bean
    @Primary
    EventPublisher killablePublisher(@Qualifier("eventPublisher") EventPublisher publisher) {
        return (topic, envelope) -> publish(publisher, topic, envelope);
    }

    private Backend vault(FaultyBackend backend) {
        return backend.on(store(FileType.PACK), new Fault.After(() -> reached(KillPoint.BACKUP_AFTER_PACK)))
                .on(store(FileType.INDEX), new Fault.After(() -> reached(KillPoint.BACKUP_AFTER_INDEX)))
                .on(store(FileType.SNAPSHOT), new Fault.After(() -> reached(KillPoint.BACKUP_AFTER_SNAPSHOT)))
                .on(Trigger.of(Operation.LOAD, FileType.PACK), new Fault.Before(this::read));
    }

    private Backend region(FaultyBackend backend) {
        return backend.on(store(FileType.PACK), new Fault.After(() -> reached(KillPoint.UPLOAD_AFTER_PACK)))
                .on(store(FileType.INDEX), new Fault.After(() -> reached(KillPoint.UPLOAD_AFTER_INDEX)))
                .on(store(FileType.SNAPSHOT), new Fault.After(() -> reached(KillPoint.UPLOAD_AFTER_SNAPSHOT)));
    }

    private static Trigger store(FileType type) {
        return Trigger.of(Operation.STORE, type);
    }

    /** One load after another: all packs of so little would be read before the first file is written. */
    private synchronized void read() {
        if (!Thread.currentThread().getName().startsWith(RESTORING) || !isNext(KillPoint.RESTORE_AMONG_FILES)) {
            return;
        }
        long giveUp = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < giveUp) {
            if (isUnfinished()) {
                reached(KillPoint.RESTORE_AMONG_FILES);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** A restore has put a file beside its place, and is not through with it. */
    private boolean isUnfinished() {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.anyMatch(path -> path.getFileName().toString().startsWith(UNFINISHED));
        } catch (IOException | UncheckedIOException _) {
            return false; // it changes while it is looked at
        }
    }

    private void publish(EventPublisher publisher, Topic topic, Envelope envelope) {
        publisher.publish(topic, envelope);
        Event event = envelope.event();
        if (event instanceof SnapshotTaken) {
            reached(KillPoint.BACKUP_AFTER_ANNOUNCED);
        } else if (event instanceof RestorePlanned) {
            reached(KillPoint.RESTORE_AFTER_PLANNED);
        } else if (event instanceof SafetySnapshotTaken) {
            reached(KillPoint.RESTORE_AFTER_SAFETY_SNAPSHOT);
        } else if (event instanceof ComponentRestored) {
            reached(KillPoint.RESTORE_AFTER_COMPONENT);
        } else if (event instanceof RestoreCompleted) {
            reached(KillPoint.RESTORE_AFTER_COMPLETED);
        }
    }

    private synchronized void reached(KillPoint point) {
        try {
            if (isNext(point)) {
                Files.delete(armed);
                Runtime.getRuntime().halt(STATUS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isNext(KillPoint point) {
        try {
            return Files.exists(armed) && Files.readString(armed).equals(point.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
