package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "backups", description = "List the backups (recovery points), newest first.")
final class BackupsVerb extends ConsoleVerb {

    @Option(names = "--stack", paramLabel = "STACK", description = "Only those of this stack.")
    private @Nullable String stack;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    int run(Console console) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", String.valueOf(limit));
        if (stack != null) {
            query.put("stack", stack);
        }
        JsonNode answer = console.get(Console.query("/api/backups", query));
        if (output().isJson()) {
            output().json(answer);
            return ExitCodes.DONE;
        }
        var backups = Json.read(answer, Answer.Backups.class);
        Table table = new Table(
                "Time", "Status", "Consistency", "Stack", "Name", ">Files", ">Size", "Components", "Places", "ID");
        for (Answer.Backup backup : backups.backups()) {
            List<Answer.Part> taken = backup.components().stream()
                    .filter(part -> part.snapshot() != null)
                    .toList();
            table.row(
                    Text.time(backup.due(), surroundings().zone()),
                    backup.status(),
                    Text.consistency(backup.consistency()),
                    backup.stack(),
                    Text.orNone(backup.name()),
                    String.valueOf(backup.files()),
                    Text.size(backup.bytes()),
                    "%d of %d".formatted(taken.size(), backup.components().size()),
                    Text.orNone(places(taken)),
                    backup.id());
        }
        output().table(table);
        if (backups.next() != null) {
            output().note("There are more: --limit shows them.");
        }
        return ExitCodes.DONE;
    }

    /** Where the snapshots lie; a place that holds some of them only stands in parentheses. */
    private static String places(List<Answer.Part> taken) {
        Map<String, Long> held = taken.stream()
                .flatMap(part -> Stream.ofNullable(part.places()).flatMap(List::stream))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return held.entrySet().stream()
                .map(place -> place.getValue() < taken.size() ? "(" + place.getKey() + ")" : place.getKey())
                .collect(Collectors.joining(", "));
    }
}
