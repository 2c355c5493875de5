package io.holdfast.worker;

import io.holdfast.events.Request;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import java.io.IOException;

/** Carries out what lies in the worker's journal, and tells the catalogue what became of it. */
record WorkOff(TakeSnapshot takeSnapshot, WriteManifest writeManifest, VaultCatalogue catalogue)
        implements JournalWorker.Task {

    @Override
    public void carryOut(Journal.Entry entry) throws IOException, InterruptedException {
        Request request = entry.request();
        switch (request) {
            case BackupRequested backup -> {
                takeSnapshot.carryOut(backup, entry);
                catalogue.announce(backup.component());
            }
            case ManifestRequested manifest -> writeManifest.carryOut(manifest, entry);
            case Request other -> throw new IllegalStateException("not in this journal: " + other);
        }
    }
}
