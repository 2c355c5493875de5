package io.holdfast.standalone;

import io.holdfast.plan.Location;
import io.holdfast.plan.Plan;
import io.holdfast.plan.Region;
import io.holdfast.plan.Stack;

/** What must be kept away from this machine to bring everything back without it. */
final class RecoverySheet {

    private RecoverySheet() {}

    static String of(Plan plan) {
        var sheet = new StringBuilder("""
                RECOVERY SHEET - print it and keep it, with the password, away from this machine.
                Without the password nothing can be restored. It lies in: %s
                """.formatted(plan.vaults().password().wire()));
        for (Stack stack : plan.stacks()) {
            sheet.append("Stack %s lies, complete each time, in:%n".formatted(stack.name()));
            sheet.append("  %s%n".formatted(plan.vaults().of(stack.name())));
            for (Region region : plan.regions()) {
                sheet.append(
                        "  %s%s%n".formatted(region.location().of(stack.name()).wire(), keys(region)));
            }
        }
        sheet.append("""
                To bring a component back with no Holdfast platform running:
                  holdfast vault restore latest --path /STACK/COMPONENT --repo PLACE --password-file FILE --target DIRECTORY
                With the stock restic program:
                  restic -r PLACE --password-file FILE restore latest --path /STACK/COMPONENT --tag kind=regular --target DIRECTORY
                Confirm that the sheet is kept elsewhere: holdfast recovery-sheet --confirm
                """);
        return sheet.toString();
    }

    private static String keys(Region region) {
        return region.location() instanceof Location.S3 && region.accessKey() != null && region.secretKey() != null
                ? "   (keys: %s, %s)"
                        .formatted(region.accessKey().wire(), region.secretKey().wire())
                : "";
    }
}
