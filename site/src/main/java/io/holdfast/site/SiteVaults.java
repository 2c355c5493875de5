package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.events.SnapshotKind;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.SecretUnavailableException;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.Backend;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the repositories of a site: one per stack in its own place, and their copies in the regions. */
public final class SiteVaults implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(SiteVaults.class);

    private final SitePlan plan;
    private final Places places;
    private final RememberedVaults remembered;
    private final RestoreMarks marks;
    private final Map<String, OpenVault> open = new ConcurrentHashMap<>();
    /** One for each stack: what hangs while one is opened holds up no other. */
    private final Map<String, Lock> opening = new ConcurrentHashMap<>();

    public SiteVaults(SitePlan plan, Places places, RestoreMarks marks, SiteSettings site) {
        this.plan = plan;
        this.places = places;
        this.remembered = new RememberedVaults(site);
        this.marks = marks;
    }

    /**
     * The stack's own vault. It stays open, with its key in memory, for as long as it is where the plan says and was opened
     * as the plan says; callers do not close it, nor keep it for longer than a piece of work. One that has been replaced
     * serves whoever works with it until they are done.
     *
     * @throws VaultException {@code NO_REPOSITORY} before the stack's first backup
     */
    public Vault of(String stack) throws IOException {
        Optional<Vault> known = known(stack);
        return known.isPresent() ? known.get() : oneAtATime(stack, () -> opened(stack));
    }

    private Optional<Vault> known(String stack) throws IOException {
        OpenVault known = open.get(stack);
        if (known == null) {
            return Optional.empty();
        }
        if (known.isOf(planned()) && known.isStillThere()) {
            return Optional.of(known.vault());
        }
        open.remove(stack, known);
        return Optional.empty();
    }

    private Vault opened(String stack) throws IOException {
        Optional<Vault> known = known(stack);
        if (known.isPresent()) {
            return known.get();
        }
        SitePlanned site = planned();
        Backend backend = places.open(locationOf(stack, site), Map.of());
        try (Password password = password(site)) {
            OpenVault opened = OpenVault.open(backend, password, site);
            open.put(stack, opened);
            remembered.remember(stack, opened.vault(), Path.of(locationOf(stack, site)));
            return opened.vault();
        } catch (IOException | RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    /**
     * The stack's own vault, made now if there is none. Where a region still holds a copy the vault was lost, and is
     * founded again with the copy's identity: a vault of a new identity could never be copied there.
     *
     * @throws IOException also if there is, or was, a repository that it cannot be founded again from now
     */
    public Vault ofOrNew(String stack) throws IOException {
        Optional<Vault> known = known(stack);
        return known.isPresent() ? known.get() : oneAtATime(stack, () -> openedOrNew(stack));
    }

    private Vault openedOrNew(String stack) throws IOException {
        try {
            return opened(stack);
        } catch (VaultException e) {
            if (e.code() != VaultException.Code.NO_REPOSITORY) {
                throw e;
            }
        }
        found(stack);
        return opened(stack);
    }

    private interface Opening {
        Vault open() throws IOException;
    }

    private Vault oneAtATime(String stack, Opening vault) throws IOException {
        Lock turn = opening.computeIfAbsent(stack, _ -> new ReentrantLock());
        turn.lock();
        try {
            return vault.open();
        } finally {
            turn.unlock();
        }
    }

    private void found(String stack) throws IOException {
        SitePlanned site = planned();
        String place = locationOf(stack, site);
        Optional<LostVault.Found> copy =
                new LostVault(stack, Path.of(place), remembered).copy(plan.regionsOf(stack), this::in);
        if (copy.isPresent()) {
            try (Vault vault = copy.get().vault();
                    Backend backend = places.open(place, Map.of())) {
                if (remembered.of(stack).isEmpty()) {
                    awaitRestoreOf(vault, copy.get().region());
                }
                vault.copies().found(backend);
                log.warn(
                        "HF-J08 The vault of {} was gone and was founded again from region {}. Its earlier snapshots are in the regions: 'holdfast backups' lists them, and --from-region restores them",
                        stack,
                        copy.get().region().region());
            }
            return;
        }
        try (Backend backend = places.open(place, Map.of());
                Password password = password(site);
                Vault _ = Vault.init(backend, password)) {
            log.info("The vault of {} was made at {}", stack, place);
        }
    }

    /** What lies on a machine that never had the vault may be nothing but a new installation. */
    private void awaitRestoreOf(Vault copy, RegionPlanned region) throws IOException {
        List<ComponentId> held = copy.snapshots().stream()
                .flatMap(snapshot -> SnapshotTags.of(snapshot).stream())
                .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                .map(SnapshotTags::component)
                .distinct()
                .toList();
        for (ComponentId component : held) {
            marks.awaitRestore(component, region.region());
        }
    }

    /** The place in a region where the copy of a stack's vault lies. The caller closes it. */
    public Backend placeIn(RegionPlanned region, String stack) throws IOException {
        return places.open(region.location() + "/" + stack, credentials(region));
    }

    /** The copy of a stack's vault in a region, opened for reading. The caller closes it. */
    public Vault in(RegionPlanned region, String stack) throws IOException {
        Backend backend = placeIn(region, stack);
        try (Password password = password(planned())) {
            return Vault.open(backend, password);
        } catch (IOException | RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private static String locationOf(String stack, SitePlanned site) {
        return site.vaults() + "/" + stack;
    }

    private static Password password(SitePlanned site) throws IOException {
        return Password.of(resolve(site.password()));
    }

    private SitePlanned planned() throws IOException {
        return plan.site()
                .orElseThrow(
                        () -> new IOException(
                                "HF-J03 No plan that names this site has been published, so it has no vaults. Publish one with: holdfast plan publish FILE"));
    }

    private static Map<String, String> credentials(RegionPlanned region) throws IOException {
        if (region.accessKey() == null || region.secretKey() == null) {
            return Map.of();
        }
        return Map.of(
                "AWS_ACCESS_KEY_ID", resolve(region.accessKey()),
                "AWS_SECRET_ACCESS_KEY", resolve(region.secretKey()));
    }

    private static String resolve(String reference) throws IOException {
        try {
            return SecretReference.parse(reference).resolve(System::getenv).value();
        } catch (SecretUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "HF-J04 The plan names a secret in a way that cannot be read: %s. Nothing was touched. Correct the plan and publish it again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        for (OpenVault opened : open.values()) {
            opened.vault().close();
        }
    }
}
