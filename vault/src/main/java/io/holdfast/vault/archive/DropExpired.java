package io.holdfast.vault.archive;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Shelf;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.replica.MismatchException;
import io.holdfast.vault.replica.Replicas;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.SeenSince;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Drops the archives of a shelf whose time is over. */
public final class DropExpired {

    private final Repository vault;
    private final Replicas replicas;
    private final Shelf shelf;
    private final DropSpec spec;
    private final Instant now;

    public DropExpired(Repository vault, Replicas replicas, Shelf shelf, DropSpec spec, Instant now) {
        this.vault = vault;
        this.replicas = replicas;
        this.shelf = shelf;
        this.spec = spec;
        this.now = now;
    }

    /** @param archives every archive of the shelf, oldest first */
    public List<ArchiveFate> run(List<ArchiveName> archives) throws IOException {
        List<ArchiveName> expired = archives.stream()
                .limit(Math.max(0, archives.size() - spec.floor()))
                .filter(this::isExpired)
                .toList();
        SeenSince memory = SeenSince.load(spec.memory());
        if (!spec.dryRun()) {
            Set<String> names = new HashSet<>();
            expired.forEach(name -> names.add(name.toString()));
            memory.see(names, now);
        }
        List<ArchiveFate> fates = new ArrayList<>();
        for (ArchiveName name : archives) {
            if (!isExpired(name)) {
                fates.add(new ArchiveFate.Kept(name, spec.expiry(name)));
            } else if (!expired.contains(name)) {
                fates.add(new ArchiveFate.KeptAsNewest(name));
            } else if (!memory.isOver(name.toString(), spec.grace(), now)) {
                fates.add(new ArchiveFate.Waiting(name));
            } else {
                fates.add(drop(name));
            }
        }
        return fates;
    }

    private boolean isExpired(ArchiveName name) {
        return !spec.expiry(name).isAfter(now);
    }

    private ArchiveFate drop(ArchiveName name) throws IOException {
        ArchiveFate fate;
        try (Backend place = shelf.open(name.toString());
                HeldLock lock = replicas.exclusive(place)) {
            Repository archive = Repository.of(place.uncached(), vault.key(), vault.config());
            fate = new Drop(name, archive, lock, now).run(spec.dryRun());
        } catch (MismatchException e) {
            return new ArchiveFate.Refused(name, List.of(String.valueOf(e.getMessage())));
        }
        if (fate instanceof ArchiveFate.Dropped) {
            shelf.clear(name.toString());
        }
        return fate;
    }
}
