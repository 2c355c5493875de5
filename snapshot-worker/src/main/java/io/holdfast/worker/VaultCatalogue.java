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

    /** Announces every planned component, and the manifests of every stack; one that has nothing yet is announced too. */
    void announceAll() throws IOException {
        for (String stack : plan.stacks()) {
            List<Snapshot> snapshots = snapshots(stack);
            plan.components().stream()
                    .map(ComponentPlanned::component)
                    .filter(component -> component.stack().equals(stack))
                    .forEach(component -> announce(component, snapshots));
            announce(ComponentId.manifestOf(stack), snapshots);
        }
    }

    void announce(ComponentId component) throws IOException {
        announce(component, snapshots(component.stack()));
    }

    private void announce(ComponentId component, List<Snapshot> snapshots) {
        announcer.announce(
                Catalogue.of(component, CatalogueRecord.VAULT, site, snapshots, null, clock.instant()),
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
