package io.holdfast.cli;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "backup", description = "Ask for a backup of a stack, or of some of its components, now.")
final class BackupVerb extends ConsoleVerb {

    private static final String PATH = "/api/backups/";
    private static final String RUNNING = "RUNNING";

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "Needed only if several are planned.")
    private @Nullable String stack;

    @Option(
            names = {"-c", "--component"},
            paramLabel = "C",
            description = "Only this component; can be given again. Default: all.")
    private List<String> components = List.of();

    @Option(names = "--full", description = "Read every file again, also where nothing about it has changed.")
    private boolean full;

    @Option(names = "--name", paramLabel = "NAME", description = "A name to find the backup by.")
    private @Nullable String name;

    @Option(names = "--wait", description = "Wait for its end: exit code 0 complete, 3 incomplete, 1 refused.")
    private boolean wait;

    @Override
    int run(Console console) throws Exception {
        JsonNode answer =
                console.post(PATH + "create", new Wanted(name, components, stack, full ? "full" : "incremental"));
        var accepted = Json.read(answer, Answer.Accepted.class);
        if (!wait) {
            if (output().isJson()) {
                output().json(answer);
            } else {
                output().line("Asked for backup %s.".formatted(accepted.id()));
                output().note("'holdfast backups' tells what becomes of it; --wait waits for it.");
            }
            return ExitCodes.DONE;
        }
        output().note("Backup %s".formatted(accepted.id()));
        Predicate<JsonNode> ended =
                node -> !node.path("status").asString(RUNNING).equals(RUNNING);
        JsonNode end = new Following(console, surroundings(), output())
                .until(Console.path(PATH, accepted.id()), ended, BackupVerb::progress);
        return report(end);
    }

    private static ProgressText progress(JsonNode answer) {
        var backup = Json.read(answer, Answer.Backup.class);
        long done = backup.components().stream()
                .filter(part -> part.snapshot() != null || part.code() != null)
                .count();
        return new ProgressText(
                "Backing up, %d of %s done"
                        .formatted(done, Text.counted(backup.components().size(), "component")),
                backup.files(),
                0,
                0,
                0);
    }

    private int report(JsonNode end) {
        var backup = Json.read(end, Answer.Backup.class);
        if (output().isJson()) {
            output().json(end);
        } else {
            Table table = new Table("Component", "State", ">Files", ">Size", "Snapshot", "Places");
            for (Answer.Part part : backup.components()) {
                table.row(
                        part.component(),
                        Text.orNone(part.state()),
                        String.valueOf(part.files()),
                        Text.size(part.bytes()),
                        Text.shortId(part.snapshot()),
                        part.places() == null ? "" : String.join(", ", part.places()));
            }
            output().table(table);
            backup.components().stream()
                    .filter(part -> part.message() != null)
                    .forEach(part -> output().problem(Text.printable(
                            "%s: %s %s".formatted(part.component(), part.code(), part.message()))));
            if (backup.message() != null) {
                output().problem(Text.printable("%s %s".formatted(backup.code(), backup.message())));
            }
            output().line("Backup %s is %s.".formatted(backup.id(), backup.status()));
        }
        return switch (backup.status()) {
            case "COMPLETE" -> ExitCodes.DONE;
            case "INCOMPLETE" -> ExitCodes.INCOMPLETE;
            default -> ExitCodes.FAILED;
        };
    }

    @Override
    String whenInterrupted() {
        return "Interrupted. If the backup was asked for already, it goes on; see 'holdfast backups'.";
    }

    private record Wanted(
            @Nullable String name,
            List<String> collections,
            @Nullable String stack,
            String kind) {}
}
