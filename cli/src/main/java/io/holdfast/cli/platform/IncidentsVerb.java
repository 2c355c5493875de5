package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "incidents", description = "List the open incidents, newest first.")
final class IncidentsVerb extends ConsoleVerb {

    @Option(
            names = {"-a", "--all"},
            description = "Also those that are resolved.")
    private boolean all;

    @Override
    int run(Console console) {
        JsonNode answer = console.get(all ? "/api/incidents" : Console.query("/api/incidents", Map.of("open", "true")));
        if (output().isJson()) {
            output().json(answer);
            return ExitCodes.DONE;
        }
        var incidents = Json.read(answer, Answer.Incidents.class).incidents();
        if (incidents.isEmpty()) {
            output().line(all ? "There was no incident." : "No incident is open.");
            return ExitCodes.DONE;
        }
        Table table = new Table("Opened", "Severity", "Subject", "State", ">Level", "ID", "Message");
        for (Answer.Incident incident : incidents) {
            table.row(
                    Text.time(incident.openedAt(), surroundings().zone()),
                    Text.orNone(incident.severity()),
                    incident.subject(),
                    state(incident),
                    String.valueOf(incident.level()),
                    incident.id(),
                    incident.message().lines().findFirst().orElse(""));
        }
        output().table(table);
        incidents.forEach(this::complain);
        return ExitCodes.DONE;
    }

    private void complain(Answer.Incident incident) {
        for (Answer.NotTold each : Objects.requireNonNullElse(incident.notTold(), List.<Answer.NotTold>of())) {
            output().line("  %s: %s was not told: %s %s"
                    .formatted(
                            incident.id(),
                            Text.printable(each.address()),
                            each.code(),
                            Text.printable(each.message())));
        }
    }

    private static String state(Answer.Incident incident) {
        if (!incident.open()) {
            return "resolved";
        }
        return incident.acknowledgedBy() == null ? "OPEN" : "with " + incident.acknowledgedBy();
    }
}
