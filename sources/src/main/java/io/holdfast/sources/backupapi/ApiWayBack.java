package io.holdfast.sources.backupapi;

import io.holdfast.plan.RestApi;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Uploads the backups of a snapshot to the system and has it put them into effect: those of the plan's collections, or
 * all. Where uploading alone replaces nothing it is done before anything is touched.
 */
final class ApiWayBack implements WayBack {

    private final BackupApiSource source;
    private final RestApi api;
    private final List<Archive> archives = new ArrayList<>();
    private List<Manifest.Collection> expected = List.of();
    private @Nullable BackupSystem system;

    ApiWayBack(BackupApiSource source) {
        this.source = source;
        this.api = source.plan().api();
    }

    @Override
    public String target() {
        List<String> chosen = source.plan().collections();
        return "%s of %s"
                .formatted(
                        chosen.isEmpty() ? "all collections" : String.join(", ", chosen),
                        source.plan().url());
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException, InterruptedException {
        BackupSystem system = source.toRestore();
        this.system = system;
        RestApi.Upload upload = api.upload();
        if (upload == null) {
            throw unusable("the plan does not say how a backup is uploaded", "Add upload to the API of the plan, or");
        }
        Manifest manifest = Manifest.of(files);
        if (manifest == null) {
            throw unusable("the snapshot holds no %s".formatted(Manifest.FILE), "Choose another snapshot, or");
        }
        List<String> chosen = chosen(system, manifest);
        expected = manifest.collections().stream()
                .filter(collection -> chosen.contains(collection.name()))
                .toList();
        system.collections();
        Variables variables = new Variables(Map.of("name", source.newName()), chosen);
        archives.clear();
        List<String> children = files.children("/");
        for (Manifest.Backup backup : manifest.backups()) {
            String collection = backup.collection();
            if (collection == null || chosen.contains(collection)) {
                if (!children.contains(backup.file())) {
                    throw unusable("the snapshot lacks %s".formatted(backup.file()), "Choose another snapshot, or");
                }
                archives.add(Archive.of(
                        files,
                        backup.file(),
                        collection == null ? variables : variables.with("collection", collection)));
            }
        }
        if (archives.isEmpty()) {
            throw unusable("the snapshot holds no backup", "Choose another snapshot, or");
        }
        if (api.restore() != null) {
            upload(system, upload, files);
        }
    }

    private List<String> chosen(BackupSystem system, Manifest manifest) throws SourceException {
        Set<String> held = manifest.collections().stream()
                .map(Manifest.Collection::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return system.chosen(
                held.isEmpty() ? null : held,
                "HF-Q67",
                "the snapshot lacks these of the plan: %s",
                "Choose another snapshot, or correct the plan.");
    }

    private void upload(BackupSystem system, RestApi.Upload upload, SnapshotFiles files)
            throws SourceException, InterruptedException {
        for (int index = 0; index < archives.size(); index++) {
            Archive archive = archives.get(index);
            archives.set(
                    index,
                    archive.called(system.upload(upload, archive.variables(), archive.body(files, upload.form()))));
        }
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException, InterruptedException {
        BackupSystem system = Objects.requireNonNull(this.system, "prepare comes first");
        if (api.restore() == null) {
            upload(system, Objects.requireNonNull(api.upload()), files);
        }
        Restored restored = Restored.NOTHING;
        for (Archive archive : archives) {
            system.restore(archive.variables());
            restored = restored.plus(new Restored(1, 0, 0, archive.size()));
        }
        return restored;
    }

    @Override
    public void finish(SnapshotFiles files) throws IOException, InterruptedException {
        BackupSystem system = Objects.requireNonNull(this.system, "prepare comes first");
        for (Archive archive : archives) {
            system.waitUntilRestored(archive.variables());
        }
        if (api.upload() != null && api.upload().id() != null) {
            for (Archive archive : archives) {
                system.discard(archive.variables());
            }
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException, InterruptedException {
        try (BackupSystem system = Objects.requireNonNull(this.system, "prepare comes first")) {
            Set<String> there = system.collections();
            List<String> wrong = new ArrayList<>();
            List<String> comparable = new ArrayList<>();
            for (Manifest.Collection collection : expected) {
                if (there != null && !there.contains(collection.name())) {
                    wrong.add("'%s' is missing".formatted(collection.name()));
                } else if (collection.before() != null && collection.after() != null) {
                    comparable.add(collection.name());
                }
            }
            Map<String, Long> counts = new LinkedHashMap<>(system.counts(comparable));
            for (Manifest.Collection collection : expected) {
                Long count = counts.get(collection.name());
                if (count != null && !isBetween(count, collection.before(), collection.after())) {
                    wrong.add("'%s' has %d entries and had %d".formatted(collection.name(), count, collection.after()));
                }
            }
            if (!wrong.isEmpty()) {
                throw failures()
                        .of(
                                "HF-Q69",
                                "find in the collections what the snapshot holds",
                                String.join("; ", wrong),
                                "If clients wrote in the meantime, compare by hand; else look at the system's log and restore again.");
            }
        }
    }

    private static boolean isBetween(long count, @Nullable Long one, @Nullable Long other) {
        return one != null && other != null && count >= Math.min(one, other) && count <= Math.max(one, other);
    }

    private SourceException unusable(String why, String remedy) {
        return failures()
                .of("HF-Q67", "put the snapshot back", why, remedy + " restore it into a directory and do it by hand.");
    }

    private Failures failures() {
        return source.failures("The snapshot is safe.", "");
    }
}
