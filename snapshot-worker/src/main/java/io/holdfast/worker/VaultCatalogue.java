package io.holdfast.worker;

import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.messaging.Announcer;
import io.holdfast.site.Catalogue;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Tells the platform what the site's vaults hold. */
final class VaultCatalogue {

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;

    VaultCatalogue(SitePlan plan, SiteVaults vaults, String site, Announcer announcer, Clock clock) {
        this.plan = plan;
        this.vaults = vaults;
        this.site = site;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Announces every planned component, and the manifests of every stack; one that has nothing yet is announced too.
     *
     * @throws IOException if a vault could not be read; those of the other stacks have been announced
     */
    void announceAll() throws IOException {
        var failure = new IOException("not every vault could be read");
        for (String stack : plan.stacks()) {
            try {
                announceStack(stack);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** Announces one component, if it is still planned. */
    void announce(ComponentId component) throws IOException {
        if (isPlanned(component)) {
            announce(component, snapshots(component.stack()));
        }
    }

    private void announceStack(String stack) throws IOException {
        List<Snapshot> snapshots = snapshots(stack);
        plan.components().stream()
                .map(ComponentPlanned::component)
                .filter(component -> component.stack().equals(stack))
                .forEach(component -> announce(component, snapshots));
        announce(ComponentId.manifestOf(stack), snapshots);
    }

    private boolean isPlanned(ComponentId component) {
        return component.equals(ComponentId.manifestOf(component.stack()))
                ? plan.stacks().contains(component.stack())
                : plan.component(component).isPresent();
    }

    private void announce(ComponentId component, List<Snapshot> snapshots) {
        announcer.announce(
                Catalogue.of(component, CatalogueRecord.VAULT, site, snapshots, List.of(), null, clock.instant()),
                component.toString());
    }

    private List<Snapshot> snapshots(String stack) throws IOException {
        try {
            return vaults.of(stack).snapshots();
        } catch (VaultException e) {
            if (e.code() == VaultException.Code.NO_REPOSITORY) {
                return List.of();
            }
            throw e;
        }
    }
}
