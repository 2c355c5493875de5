package io.holdfast.sources.backupapi;

import io.holdfast.plan.RestApi;
import io.holdfast.sources.backupapi.BackupSystem.Made;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has the system make a backup, or one of each collection, and reads them. */
final class ApiCapture implements Capture {

    private final BackupApiSource source;
    private final RestApi api;
    private final List<Made> made = new ArrayList<>();
    private List<Manifest.Collection> collections = List.of();
    private @Nullable BackupSystem system;

    ApiCapture(BackupApiSource source) {
        this.source = source;
        this.api = source.plan().api();
    }

    @Override
    public List<String> inspect() throws IOException, InterruptedException {
        names(system());
        return List.of();
    }

    private static List<String> names(BackupSystem system) throws IOException, InterruptedException {
        return system.chosen(
                system.collections(),
                "HF-Q64",
                "these of the plan do not exist: %s",
                "Create them, or correct the plan. If the system is meant to be empty, take the component out of the plan.");
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        BackupSystem system = system();
        List<String> names = names(system);
        Map<String, Long> before = system.counts(names);
        Variables variables = new Variables(Map.of("name", source.newName()), names);
        if (api.perCollection()) {
            for (String name : names) {
                make(system, variables.with("collection", name), name);
            }
        } else {
            make(system, variables, null);
        }
        Map<String, Long> after = system.counts(names);
        collections = names.stream()
                .map(name -> new Manifest.Collection(name, before.get(name), after.get(name)))
                .toList();
    }

    @Override
    public boolean lasts() {
        return true;
    }

    private void make(BackupSystem system, Variables variables, @Nullable String collection)
            throws SourceException, InterruptedException {
        Made asked = system.create(variables, collection);
        made.add(asked);
        made.set(made.size() - 1, system.waitFor(asked));
    }

    @Override
    public Content read() throws IOException {
        Instant now = source.host().clock().instant();
        List<Root> roots = new ArrayList<>();
        List<Manifest.Backup> backups = new ArrayList<>();
        for (Made backup : made) {
            String file = fileName(backup);
            backups.add(new Manifest.Backup(file, backup.id(), backup.collection(), backup.size(), backup.sha256()));
            roots.add(Root.Stream.of(source.at() + "/" + file, () -> open(backup), now));
        }
        String url = source.plan().url().toString();
        byte[] manifest = new Manifest(url, now, collections, backups).toJson();
        roots.add(new Root.Generated(source.at() + "/" + Manifest.FILE, manifest));
        return new Content(roots, List.of()).as(Content.Given.AS_ONE_STATE);
    }

    private String fileName(Made backup) throws SourceException {
        try {
            String name = backup.variables().fileName(api.download().fileName());
            if (!name.equals(Manifest.FILE)) {
                return name;
            }
            throw new IllegalArgumentException("'%s' is taken".formatted(name));
        } catch (IllegalArgumentException e) {
            throw source.failures("Nothing was captured; earlier snapshots are safe.", "")
                    .unexpected("keep a backup", String.valueOf(e.getMessage()));
        }
    }

    private InputStream open(Made backup) throws IOException {
        try {
            return system().read(backup);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while a backup was to be read");
        }
    }

    /** Everything there is, which closes this; without roots if the system holds nothing. */
    Content salvaged() throws IOException, InterruptedException {
        try {
            if (source.plan().collections().isEmpty() && Set.of().equals(system().collections())) {
                return new Content(List.of(), List.of()).holding(this);
            }
            settle();
            return read().holding(this);
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    @Override
    public void validate() throws IOException, InterruptedException {
        system().collections();
    }

    /** Takes the system's own copies away. */
    @Override
    public void close() {
        BackupSystem opened = system;
        if (opened == null) {
            return;
        }
        try (opened) {
            for (Made backup : made) {
                opened.discard(backup.variables());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized BackupSystem system() throws SourceException {
        if (system == null) {
            system = source.toCapture();
        }
        return system;
    }
}
