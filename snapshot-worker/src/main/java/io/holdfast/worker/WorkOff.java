package io.holdfast.worker;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Request;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what lies in the worker's journal, and tells the catalogue what became of it. */
record WorkOff(TakeSnapshot takeSnapshot, WriteManifest writeManifest, VaultCatalogue catalogue)
        implements JournalWorker.Task {

    private static final Logger log = LoggerFactory.getLogger(WorkOff.class);

    @Override
    public void carryOut(Journal.Entry entry) throws IOException, InterruptedException, InUse {
        Request request = entry.request();
        switch (request) {
            case BackupRequested backup -> {
                takeSnapshot.carryOut(backup, entry);
                backup.all().forEach(this::announceCatalogue);
            }
            case ManifestRequested manifest -> {
                writeManifest.carryOut(manifest, entry);
                announceCatalogue(ComponentId.manifestOf(manifest.stack()));
            }
            case Request other -> throw new IllegalStateException("not in this journal: " + other);
        }
    }

    /** The outcome has been told: a vault that cannot be listed now must not have it told again and again. */
    private void announceCatalogue(ComponentId component) {
        try {
            catalogue.announce(component);
        } catch (IOException e) {
            log.warn("What the vault holds of {} is announced with the next catalogue: {}", component, e.getMessage());
        }
    }
}
