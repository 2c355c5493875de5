package io.holdfast.restore;

import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.vault.Vault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the place that a restore reads from. */
final class RestorePlace {

    /** Work on an opened place. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Vault vault) throws IOException, RestoreRefusal, InterruptedException;
    }

    private final SitePlan plan;
    private final SiteVaults vaults;

    RestorePlace(SitePlan plan, SiteVaults vaults) {
        this.plan = plan;
        this.vaults = vaults;
    }

    /**
     * Reads from a stack's own vault, or from its copy in a region.
     *
     * @param region null for the vault
     */
    <T> T read(String stack, @Nullable String region, Reader<T> reader)
            throws IOException, RestoreRefusal, InterruptedException {
        if (region == null) {
            Vault vault = vaults.of(stack);
            vault.refresh();
            return reader.read(vault);
        }
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
}
