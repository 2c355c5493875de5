package io.holdfast.scheduler;

import java.time.Instant;

/**
 * A settled recovery point waits for its manifest.
 *
 * @param asked how often the site was asked
 * @param askAt when it is to be asked, or asked again
 * @param expires when nobody waits any longer
 */
record ManifestWait(String site, int asked, Instant askAt, Instant expires) {

    ManifestWait askedAgain(Instant now, SchedulerSettings settings) {
        return new ManifestWait(site, asked + 1, now.plus(settings.leaseOf(asked + 1)), expires);
    }

    ManifestWait resumed(Instant now, SchedulerSettings settings) {
        Instant lease = now.plus(settings.lease());
        Instant latest = Instants.earlier(expires, now.plus(settings.deadline()));
        return new ManifestWait(site, asked, lease, Instants.later(lease, latest));
    }
}
