package io.holdfast.site;

import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.RememberedVaults.Remembered;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack without a vault at its place: looks whether a copy is left, or whether a new repository may be made. One with a
 * new identity beside an older one could never be copied into the regions that hold that.
 */
final class LostVault {

    /** A copy of the vault. Its vault is to be closed. */
    record Found(RegionPlanned region, Vault vault) {}

    /** Opens the copy in a region. */
    @FunctionalInterface
    interface Region {
        Vault open(RegionPlanned region, String stack) throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(LostVault.class);

    private final String stack;
    private final Path place;
    private final RememberedVaults remembered;

    LostVault(String stack, Path place, RememberedVaults remembered) {
        this.stack = stack;
        this.place = place;
        this.remembered = remembered;
    }

    /**
     * The first copy that can be opened; empty if a new repository may be made. That is so where every region said that it
     * holds none, or could not be asked, and the site remembers none: a region that is away does not keep a new stack
     * from its first backup.
     *
     * @throws IOException if a region holds a repository that cannot be opened, or the site remembers one that is in no region
     *     or on a disk that is not mounted
     */
    Optional<Found> copy(List<RegionPlanned> regions, Region region) throws IOException {
        Optional<Remembered> known = remembered.of(stack);
        if (known.isPresent() && known.get().lacksItsDisk(place)) {
            throw onADiskThatIsNotMounted(known.get());
        }
        var closed = new ArrayList<IOException>();
        var silent = new ArrayList<String>();
        for (RegionPlanned planned : regions) {
            try {
                return Optional.of(new Found(planned, region.open(planned, stack)));
            } catch (VaultException e) {
                switch (e.code()) {
                    case NO_REPOSITORY -> {}
                    case INTERRUPTED -> throw e;
                    case WRONG_PASSWORD, DAMAGED, UNSUPPORTED -> closed.add(cannotBeOpened(planned, e));
                    default -> silent.add(silence(planned, e));
                }
            } catch (IOException e) {
                silent.add(silence(planned, e));
            }
        }
        if (!closed.isEmpty()) {
            throw closed.getFirst();
        }
        if (known.isPresent()) {
            throw goneFrom(known.get().id(), silent);
        }
        silent.forEach(it -> log.warn("A new vault of {} is made, since this site remembers none. {}", stack, it));
        return Optional.empty();
    }

    private static String silence(RegionPlanned region, IOException e) {
        return "Region %s could not be asked for a copy: %s".formatted(region.region(), e.getMessage());
    }

    private IOException cannotBeOpened(RegionPlanned region, VaultException e) {
        String text = e.code() == VaultException.Code.WRONG_PASSWORD
                ? "%s The vault of %s is not at %s, and the password that the plan names for the site's vaults does not open the copy that region %s holds: that belongs to a repository with another password. No new vault was made, and the copies in the region are safe. Name in the plan the password that the lost vault had: the next backup founds it again from the region. Only if the copies are another platform's, give the region another location."
                        .formatted(e.code().text(), stack, place, region.region())
                : "%s The vault of %s is not at %s, and the copy that region %s holds cannot be opened. No new vault was made, and nothing was changed in the region. Put that right, or bring the vault back to its place; the next backup tries again. What the region says: %s"
                        .formatted(e.code().text(), stack, place, region.region(), e.getMessage());
        return new IOException(text, e);
    }

    /** What was founded below the mount point would be hidden as soon as the disk is mounted again. */
    private IOException onADiskThatIsNotMounted(Remembered vault) {
        return new IOException(
                "HF-J12 The vault of %s is not at %s, and the disk that it lay on is not mounted at %s. No vault was made in its place, and nothing was changed. Mount the disk: the next backup goes on with the vault. Only if the disk is gone for good, delete %s: the next backup then founds the vault again from a region, or makes a new one."
                        .formatted(stack, place, vault.disk(), remembered.file(stack)));
    }

    private IOException goneFrom(String id, List<String> silent) {
        return new IOException(
                "HF-J09 The vault of %s is not at %s, though this site had one, repository %s. %s No new vault was made, since its backups could not be copied to where older ones are; nothing was changed. %s"
                        .formatted(
                                stack,
                                place,
                                id,
                                silent.isEmpty() ? "No region of the plan holds a copy." : String.join(" ", silent),
                                silent.isEmpty()
                                        ? "Mount its disk, or move the vault there; the next backup goes on with it. Only if it is lost for good, or is to be begun anew, delete %s: the next backup then makes a new one."
                                                .formatted(remembered.file(stack))
                                        : "The next backup asks again. Bring the region back, or move the vault there; take the region out of the plan if it is gone for good."));
    }
}
