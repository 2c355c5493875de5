package io.holdfast.vault.restore;

import io.holdfast.vault.restore.RestoreSpec.Option;

/** Where a restore writes, and by which rules. */
record RestoreTarget(TargetTree tree, RestoreSpec spec, RestoreAttributes attributes, RestoreFindings findings) {

    boolean has(Option option) {
        return spec.has(option);
    }

    boolean isDryRun() {
        return spec.has(Option.DRY_RUN);
    }
}
