package io.holdfast.site;

import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.util.Arrays;

/** A vault that is held open, and what tells whether it is still the one that is meant. */
final class OpenVault {

    private final Vault vault;
    private final Backend place;
    private final byte[] config;
    private final SitePlanned site;

    private OpenVault(Vault vault, Backend place, byte[] config, SitePlanned site) {
        this.vault = vault;
        this.place = place;
        this.config = config;
        this.site = site;
    }

    /** @param site by which part of the plan place and password were chosen */
    static OpenVault open(Backend place, Password password, SitePlanned site) throws IOException {
        Vault vault = Vault.open(place, password);
        return new OpenVault(vault, place, place.load(Handle.CONFIG), site);
    }

    Vault vault() {
        return vault;
    }

    /** Whether the plan names the same place and password still. */
    boolean isOf(SitePlanned now) {
        return now.vaults().equals(site.vaults()) && now.password().equals(site.password());
    }

    /**
     * Whether its place holds the repository that was opened, and not none or another: what is stored into another, with
     * this one's key, nobody could read. A place that does not answer is for whoever works there to tell.
     */
    boolean isStillThere() {
        try {
            return Arrays.equals(place.load(Handle.CONFIG), config);
        } catch (BackendException e) {
            return e.kind() != BackendException.Kind.NOT_FOUND;
        }
    }
}
