package io.holdfast.restore;

import io.holdfast.events.Names;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the place that a restore reads from. */
final class RestorePlace {

    /**
     * Work on an opened place.
     *
     * @param <X> what else may keep it from its end
     */
    @FunctionalInterface
    interface Reader<T, X extends Exception> {
        T read(Vault vault) throws IOException, RestoreRefusal, InterruptedException, X;
    }

    private final SitePlan plan;
    private final SiteVaults vaults;

    RestorePlace(SitePlan plan, SiteVaults vaults) {
        this.plan = plan;
        this.vaults = vaults;
    }

    /**
     * Reads from a stack's own vault, or from its copy in a region. What the plan no longer has can be read where it still is.
     *
     * @param region null for the vault
     * @throws RestoreRefusal if this site has no such stack, or the plan no such region; if the place does not hold what is
     *     asked for, with the names of those that may
     */
    <T, X extends Exception> T read(String stack, @Nullable String region, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        if (!isPlanned(stack) && (plan.site().isEmpty() || !Names.isValid(stack))) {
            throw noSuchStack(stack);
        }
        try {
            return region == null ? readVault(stack, reader) : readCopy(stack, region, reader);
        } catch (RestoreRefusal e) {
            throw e.isOfThisPlace() ? elsewhere(stack, region).map(e::saying).orElse(e) : e;
        }
    }

    private <T, X extends Exception> T readVault(String stack, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        return reader.read(
                there(stack, "The site has no vault of the stack '%s' where the plan says".formatted(stack), () -> {
                    Vault vault = vaults.of(stack);
                    vault.refresh();
                    return vault;
                }));
    }

    private <T, X extends Exception> T readCopy(String stack, String region, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        RegionPlanned planned = plan.region(region)
                .orElseThrow(() -> new RestoreRefusal(
                        "HF-R07",
                        "The plan has no region '%s'. Nothing was touched. Its regions for this stack are: %s."
                                .formatted(region, String.join(", ", regions(stack)))));
        try (Vault copy = there(
                stack,
                "The region '%s' has no copy of the vault of '%s'".formatted(region, stack),
                () -> vaults.in(planned, stack))) {
            return reader.read(copy);
        }
    }

    private interface Opening {
        Vault open() throws IOException;
    }

    private Vault there(String stack, String otherwise, Opening vault) throws IOException, RestoreRefusal {
        try {
            return vault.open();
        } catch (VaultException e) {
            if (e.code() != VaultException.Code.NO_REPOSITORY) {
                throw e;
            }
            throw isPlanned(stack)
                    ? new RestoreRefusal(
                            RestoreRefusal.NO_SNAPSHOT,
                            otherwise
                                    + ": it is lost, was never made, or its disk is not mounted. Nothing was touched.")
                    : noSuchStack(stack);
        }
    }

    private static RestoreRefusal noSuchStack(String stack) {
        return new RestoreRefusal(
                "HF-R08",
                "This site has no stack '%s': the plan has none, and no vault of it was found. Nothing was touched. Ask the site that the plan gives it to; a vault that lies elsewhere can be read with: holdfast vault restore"
                        .formatted(stack));
    }

    private boolean isPlanned(String stack) {
        return plan.stacks().contains(stack);
    }

    private List<String> regions(String stack) {
        return plan.regionsOf(stack).stream().map(RegionPlanned::region).toList();
    }

    /** What to try where a place does not hold what is asked for; empty where there is no other. */
    private Optional<String> elsewhere(String stack, @Nullable String region) {
        Stream<String> copies = regions(stack).stream()
                .filter(other -> !other.equals(region))
                .map(other -> "with --from-region " + other);
        Stream<String> vault = Stream.ofNullable(region).map(_ -> "without --from-region, from the site's vault");
        return Stream.concat(copies, vault)
                .reduce((one, other) -> one + ", or " + other)
                .map("Another place may hold it: restore %s."::formatted);
    }
}
