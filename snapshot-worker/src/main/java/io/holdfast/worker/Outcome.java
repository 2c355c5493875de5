package io.holdfast.worker;

import io.holdfast.events.BackupEvent;
import io.holdfast.events.ComponentId;
import io.holdfast.site.RestoreMarks;
import io.holdfast.site.RestoreMarks.Mark;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of one backup. */
sealed interface Outcome {

    /** What is said of it. */
    BackupEvent.OfComponent of(OneBackup backup);

    /** The same, when the component could not be left as it is to be left. */
    Outcome but(Failed trouble);

    /**
     * It has a good snapshot.
     *
     * @param rested how long something rested for it; null: nothing did, or it was captured by an earlier try
     * @param changes what changed meanwhile; none if it was captured by an earlier try
     */
    record Taken(Snapshot snapshot, @Nullable Duration rested, List<Change> changes) implements Outcome {
        @Override
        public BackupEvent.OfComponent of(OneBackup backup) {
            return backup.taken(snapshot, rested, changes);
        }

        @Override
        public Outcome but(Failed trouble) {
            return trouble;
        }
    }

    record Failed(String code, IOException why) implements Outcome {

        private static final Logger log = LoggerFactory.getLogger(Failed.class);

        @Override
        public BackupEvent.OfComponent of(OneBackup backup) {
            return backup.failed(code, why);
        }

        @Override
        public Outcome but(Failed trouble) {
            why.addSuppressed(trouble.why());
            return this;
        }

        /** Neither a stop of the service nor a newer attempt is a failure of the backup: they go on as exceptions. */
        static Failed of(IOException e) throws IOException, InterruptedException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("stopped during a backup");
            }
            return switch (e) {
                case Superseded superseded -> throw superseded;
                case SourceException source -> new Failed(source.code(), source);
                case IncompleteCapture incomplete -> new Failed(incomplete.code(), incomplete);
                case VaultException vault -> of(vault);
                default -> new Failed("HF-W04", e);
            };
        }

        private static Failed of(VaultException e) throws Superseded, InterruptedException {
            if (e.code() == VaultException.Code.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            return switch (e.getCause()) {
                case Superseded superseded -> throw superseded;
                case SourceException source -> new Failed(source.code(), source);
                case null, default -> new Failed(e.code().text(), e);
            };
        }

        static Failed marked(ComponentId component, Mark mark, RestoreMarks marks) {
            return mark.region() == null
                    ? halfRestored(component, mark, marks)
                    : notYetRestored(component, mark.region(), marks);
        }

        private static Failed notYetRestored(ComponentId component, String region, RestoreMarks marks) {
            return new Failed(
                    "HF-W10",
                    new IOException(
                            "HF-W10 As far as is known this machine never held %s, of which region %s has backups. What lies here may be nothing but a new installation, so it is not captured, and they stay the latest. They are safe, and nothing was changed. Restore it with: holdfast restore latest --stack %s -c %s --from-region %s --reason \"new machine\". Or, if what lies here is to be protected, delete the mark %s and back it up."
                                    .formatted(
                                            component,
                                            region,
                                            component.stack(),
                                            component.component(),
                                            region,
                                            marks.file(component))));
        }

        private static Failed halfRestored(ComponentId component, Mark mark, RestoreMarks marks) {
            String kept = mark.before() == null
                    ? ""
                    : " and so is its state before, which can be put back with: holdfast restore %s --reason \"undo\""
                            .formatted(mark.before().shortForm());
            return new Failed(
                    "HF-W09",
                    new IOException(
                            "HF-W09 The restore %s of %s did not end well, so it may be half restored, and is not captured. Earlier snapshots are safe%s. Restore it again; or, if it was put right by hand, delete the mark %s and back it up."
                                    .formatted(mark.restore(), component, kept, marks.file(component))));
        }

        static Failed unforeseen(ComponentId component, Throwable e) {
            log.error("{} failed in a way that was not foreseen", component, e);
            return new Failed(
                    "HF-W07",
                    new IOException(
                            "HF-W07 Cannot back up %s: %s. Earlier snapshots are safe, and what was half read counts as none. The log of the snapshot worker tells more."
                                    .formatted(component, e.getMessage()),
                            e));
        }
    }
}
