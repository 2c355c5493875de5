package io.holdfast.cli.platform;

import io.holdfast.cli.repository.RecoverySheet;
import io.holdfast.events.SnapshotKind;
import io.holdfast.plan.Plan;
import io.holdfast.plan.Region;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Stack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recovery sheet of all that a plan protects; regions before vaults, which are lost with their site. */
public final class PlannedSheet {

    private PlannedSheet() {}

    /** The sheet to be printed. */
    public static List<String> lines(Plan plan) {
        return of(plan).lines(SnapshotKind.REGULAR);
    }

    static RecoverySheet of(Plan plan) {
        List<RecoverySheet.Place> places = new ArrayList<>();
        for (Stack stack : plan.stacks()) {
            for (Region region : plan.regions()) {
                places.add(new RecoverySheet.Place(
                        stack.name() + " in region " + region.name(),
                        region.location().of(stack.name()).wire(),
                        access(region)));
            }
            places.add(new RecoverySheet.Place(
                    stack.name() + " at site " + stack.site(),
                    plan.vaults().of(stack.name()).toString(),
                    null));
        }
        return switch (plan.vaults().password()) {
            case SecretReference.File file ->
                new RecoverySheet(
                        places, "in the file " + file.path(), file.path().toString());
            case SecretReference.Environment variable ->
                new RecoverySheet(places, "in the environment variable " + variable.name(), null);
        };
    }

    private static @Nullable String access(Region region) {
        SecretReference key = region.accessKey();
        SecretReference secret = region.secretKey();
        return key == null || secret == null ? null : key.wire() + ", " + secret.wire();
    }
}
