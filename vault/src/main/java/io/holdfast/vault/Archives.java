package io.holdfast.vault;

import io.holdfast.vault.archive.ArchiveFate;
import io.holdfast.vault.archive.ArchiveName;
import io.holdfast.vault.archive.DropExpired;
import io.holdfast.vault.archive.DropSpec;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Shelf;
import io.holdfast.vault.lock.Pace;
import io.holdfast.vault.replica.Replicas;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The archives of a vault at a place: each a repository of its own for a year, a quarter or a month, with the vault's keys,
 * so that the vault's password opens it. An archive is a copy of some snapshots, byte for byte: {@link Copies} audits and
 * repairs it at {@link #place}.
 */
public final class Archives {

    private final Repository repository;
    private final Guard guard;
    private final Replicas replicas;
    private final Pace pace;
    private final Shelf shelf;

    Archives(Repository repository, Guard guard, Replicas replicas, Pace pace, Shelf shelf) {
        this.repository = repository;
        this.guard = guard;
        this.replicas = replicas;
        this.pace = pace;
        this.shelf = shelf;
    }

    /** Every archive there is, oldest first. */
    public List<ArchiveName> list() throws VaultException {
        return guard.run("list the archives at %s of".formatted(shelf.location()), () -> {
            List<ArchiveName> archives = new ArrayList<>();
            for (String name : shelf.names()) {
                Optional<ArchiveName> archive = ArchiveName.parse(name);
                if (archive.isPresent()) {
                    try (Backend place = shelf.open(name)) {
                        if (!place.list(FileType.CONFIG).isEmpty()) {
                            archives.add(archive.get());
                        }
                    }
                }
            }
            archives.sort(null);
            return archives;
        });
    }

    /** Where an archive lies, or will; the caller closes it. */
    public Backend place(ArchiveName name) throws VaultException {
        return guard.run(
                "find archive %s at %s of".formatted(name, shelf.location()), () -> shelf.open(name.toString()));
    }

    /**
     * Makes an archive hold the wanted snapshots that lie in its period, as {@link Copies#replicate} does. Where there are
     * none, none is made.
     */
    public ReplicationReport fill(ArchiveName name, ReplicationSpec spec, ReplicationListener listener)
            throws VaultException {
        Predicate<Snapshot> wanted = spec.wanted().and(name::holds);
        return guard.run("fill archive %s at %s from".formatted(name, shelf.location()), () -> {
            if (repository.snapshots().all().stream().noneMatch(wanted)) {
                return new ReplicationReport(List.of(), List.of(), 0, 0, 0, List.of());
            }
            try (Backend place = shelf.open(name.toString())) {
                return replicas.replicate(place, spec.withWanted(wanted), listener);
            }
        });
    }

    /**
     * Deletes whole archives whose time is over; gives what becomes of each, oldest first. None is touched before an
     * earlier run has seen it expired, nor where a clock, a listing or a snapshot looks other than it should.
     */
    public List<ArchiveFate> dropExpired(DropSpec spec) throws VaultException {
        List<ArchiveName> archives = list();
        return guard.run(
                "drop archives at %s of".formatted(shelf.location()),
                () -> new DropExpired(repository, replicas, shelf, spec, pace.now()).run(archives));
    }
}
