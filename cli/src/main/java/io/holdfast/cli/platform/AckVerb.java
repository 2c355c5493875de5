package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "ack", description = "Acknowledge an incident: you take it on, and nobody else is woken up.")
final class AckVerb extends ConsoleVerb {

    @Parameters(paramLabel = "ID", description = "The incident, as 'holdfast incidents' shows it.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept in the audit trail.")
    private @Nullable String note;

    @Override
    int run(Console console) {
        JsonNode answer = console.post(Console.path("/api/incidents/", id) + "/acknowledge", new Acknowledged(note));
        if (output().isJson()) {
            output().json(answer);
        } else {
            var incident = Json.read(answer, Answer.Incident.class);
            output().line("Incident %s is with %s since %s."
                    .formatted(
                            incident.id(),
                            Text.orNone(incident.acknowledgedBy()),
                            Text.time(incident.acknowledgedAt(), surroundings().zone())));
        }
        return ExitCodes.DONE;
    }

    private record Acknowledged(@Nullable String note) {}
}
