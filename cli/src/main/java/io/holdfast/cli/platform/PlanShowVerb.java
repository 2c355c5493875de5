package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "show", description = "Print the plan in force as it was published, and tell its revision.")
final class PlanShowVerb extends ConsoleVerb {

    @Override
    int run(Console console) {
        JsonNode answer = console.get(PlanPublishVerb.PATH);
        if (output().isJson()) {
            output().json(answer);
        } else {
            var inForce = Json.read(answer, Answer.PlanInForce.class);
            output().line(inForce.text().stripTrailing());
            output().note("Revision %d, published by %s.".formatted(inForce.revision(), inForce.publishedBy()));
        }
        return ExitCodes.DONE;
    }
}
