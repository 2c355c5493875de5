package io.holdfast.restore;

import io.holdfast.events.Names;
import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import java.io.IOException;
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
     * @throws RestoreRefusal if this site has no such stack, or the plan no such region
     */
    <T, X extends Exception> T read(String stack, @Nullable String region, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        boolean planned = plan.stacks().contains(stack);
        if (!planned && (plan.site().isEmpty() || !Names.isValid(stack))) {
            throw noSuchStack(stack);
        }
        try {
            return region == null ? here(stack, reader) : copy(stack, region, reader);
        } catch (VaultException e) {
            if (!planned && e.code() == VaultException.Code.NO_REPOSITORY) {
                throw noSuchStack(stack);
            }
            throw e;
        }
    }

    private <T, X extends Exception> T here(String stack, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        Vault vault = vaults.of(stack);
        vault.refresh();
        return reader.read(vault);
    }

    private <T, X extends Exception> T copy(String stack, String region, Reader<T, X> reader)
            throws IOException, RestoreRefusal, InterruptedException, X {
        RegionPlanned planned = plan.region(region)
                .orElseThrow(() -> new RestoreRefusal(
                        "HF-R07",
                        "The plan has no region '%s'. Nothing was touched. Its regions for this stack are: %s."
                                .formatted(
                                        region,
                                        String.join(
                                                ", ",
                                                plan.regionsOf(stack).stream()
                                                        .map(RegionPlanned::region)
                                                        .toList()))));
        try (Vault copy = vaults.in(planned, stack)) {
            return reader.read(copy);
        }
    }

    private static RestoreRefusal noSuchStack(String stack) {
        return new RestoreRefusal(
                "HF-R08",
                "This site has no stack '%s': the plan has none, and no vault of it was found. Nothing was touched. Ask the site that the plan gives it to; a vault that lies elsewhere can be read with: holdfast vault restore"
                        .formatted(stack));
    }
}
