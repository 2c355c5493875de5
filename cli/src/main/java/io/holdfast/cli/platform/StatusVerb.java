package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import java.time.ZoneId;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "status", description = "Show how every component, region and service stands.")
final class StatusVerb extends ConsoleVerb {

    @Override
    int run(Console console) {
        JsonNode answer = console.get("/api/status");
        if (output().isJson()) {
            output().json(answer);
        } else {
            show(Json.read(answer, Answer.Status.class));
        }
        return ExitCodes.DONE;
    }

    private void show(Answer.Status status) {
        ZoneId zone = surroundings().zone();
        Table components = new Table(
                "Component", "Health", "Last good", "Consistency", "Fresh until", ">Files", ">Size", "Regions");
        for (Answer.Component each : status.components()) {
            components.row(
                    each.component(),
                    each.health(),
                    Text.time(each.lastGoodAt(), zone),
                    Text.consistency(each.consistency()),
                    Text.time(each.freshUntil(), zone),
                    String.valueOf(each.files()),
                    Text.size(each.bytes()),
                    each.regions().stream().map(StatusVerb::region).collect(Collectors.joining(", ")));
        }
        output().table(components);
        status.components().forEach(each -> complain(each, zone));
        output().line("");
        Table services = new Table("Service", "Site", "Alive", "Last seen", ">Disk free");
        for (Answer.Service each : status.services()) {
            services.row(
                    each.service(),
                    Text.orNone(each.site()),
                    each.alive() ? "yes" : "NO",
                    Text.time(each.lastSeenAt(), zone),
                    each.diskFree() == null ? "-" : Text.size(each.diskFree()));
        }
        output().table(services);
        for (String site : status.silentSites()) {
            output().line(
                            "  No service of site %s is alive: nothing there is backed up or restored. Start them; 'up' takes the site's name from its plan when it starts."
                                    .formatted(site));
        }
        output().line("");
        output().line(
                        status.planRevision() == 0
                                ? "No plan is published: nothing is backed up. See 'holdfast plan publish --help'."
                                : "Plan revision %d is in force.".formatted(status.planRevision()));
        output().line(
                        status.openIncidents() == 0
                                ? "No incident is open."
                                : "%s open: see 'holdfast incidents'."
                                        .formatted(Text.counted(status.openIncidents(), "incident")));
        if (status.undeliveredNotices() > 0) {
            output().line("%s about open incidents could not be delivered: 'holdfast incidents' tells whom to call."
                    .formatted(Text.counted(status.undeliveredNotices(), "mail")));
        }
        if (!status.recoverySheetConfirmed()) {
            output().line(
                            "The recovery sheet is not confirmed: print it with 'holdfast recovery-sheet', keep it elsewhere, then 'holdfast recovery-sheet --confirm'.");
        }
    }

    private static String region(Answer.Region region) {
        if (region.lastFailure() != null) {
            return region.region() + " FAILING";
        }
        return region.region() + (region.behindSince() == null ? "" : " BEHIND");
    }

    private void complain(Answer.Component component, ZoneId zone) {
        if (component.changedAt() != null) {
            output().line(
                            "  %s: the plan changed what is captured at %s, and no backup of that is there yet; the last good one holds what was captured before."
                                    .formatted(component.component(), Text.time(component.changedAt(), zone)));
        }
        if (component.lastFailure() != null) {
            output().line("  %s: %s".formatted(component.component(), Text.printable(component.lastFailure())));
        }
        for (Answer.Region region : component.regions()) {
            if (region.lastFailure() != null) {
                output().line("  %s in %s: %s"
                        .formatted(component.component(), region.region(), Text.printable(region.lastFailure())));
            }
        }
    }
}
