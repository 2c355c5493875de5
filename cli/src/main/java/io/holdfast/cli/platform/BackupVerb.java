package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "backup", description = "Ask for a backup of a stack, or of some of its components, now.")
final class BackupVerb extends RequestVerb {

    private static final String PATH = "/api/backups/";
    private static final String RUNNING = "RUNNING";

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "Needed only if several are planned.")
    private @Nullable String stack;

    @Option(names = "--full", description = "Read every file again, also where nothing about it has changed.")
    private boolean full;

    @Option(names = "--name", paramLabel = "NAME", description = "A name to find the backup by.")
    private @Nullable String name;

    @Option(
            names = "--wait",
            description = "Wait for its end: exit code 0 complete, 3 incomplete, 1 nothing stored or refused.")
    private boolean wait;

    BackupVerb() {
        super("backup", PATH, "'holdfast backups' tells what becomes of it");
    }

    @Override
    int run(Console console) throws Exception {
        JsonNode answer =
                console.post(PATH + "create", new Wanted(name, components(), stack, full ? "full" : "incremental"));
        return accepted(console, answer, wait);
    }

    @Override
    boolean hasEnded(JsonNode now) {
        return !now.path("status").asString(RUNNING).equals(RUNNING);
    }

    @Override
    ProgressText progress(JsonNode now) {
        var backup = Json.read(now, Answer.Backup.class);
        long done = backup.components().stream()
                .filter(part -> part.snapshot() != null || part.code() != null)
                .count();
        long waiting = backup.components().stream()
                .filter(part -> "QUEUED".equals(part.state()))
                .count();
        return new ProgressText(
                "Backing up, %d of %s done%s"
                        .formatted(
                                done,
                                Text.counted(backup.components().size(), "component"),
                                waiting == 0 ? "" : ", %d waiting their turn".formatted(waiting)),
                backup.files(),
                0,
                0,
                0);
    }

    @Override
    List<String> problems(JsonNode now) {
        var backup = Json.read(now, Answer.Backup.class);
        Stream<String> ofComponents = backup.components().stream()
                .filter(part -> part.message() != null)
                .map(part -> "%s: %s %s".formatted(part.component(), part.code(), part.message()));
        Stream<String> ofAll = Stream.ofNullable(backup.message()).map(message -> backup.code() + " " + message);
        return Stream.concat(ofComponents, ofAll).map(Text::printable).toList();
    }

    @Override
    int report(JsonNode end) {
        var backup = Json.read(end, Answer.Backup.class);
        if (output().isJson()) {
            output().json(end);
        } else {
            Table table = new Table("Component", "State", "Consistency", ">Files", ">Size", "Snapshot", "Places");
            for (Answer.Part part : backup.components()) {
                table.row(
                        part.component(),
                        Text.orNone(part.state()),
                        Text.consistency(part.consistency()),
                        String.valueOf(part.files()),
                        Text.size(part.bytes()),
                        Text.shortId(part.snapshot()),
                        part.places() == null ? "" : String.join(", ", part.places()));
            }
            output().table(table);
            for (Answer.Part part : backup.components()) {
                if (part.changed() != null) {
                    output().line("  %s: %s".formatted(part.component(), Text.printable(part.changed())));
                }
            }
            output().line("Backup %s is %s.".formatted(backup.id(), backup.status()));
        }
        return switch (backup.status()) {
            case "COMPLETE" -> ExitCodes.DONE;
            case "INCOMPLETE" ->
                backup.components().stream().allMatch(part -> part.snapshot() == null)
                        ? ExitCodes.FAILED
                        : ExitCodes.INCOMPLETE;
            default -> ExitCodes.FAILED;
        };
    }

    private record Wanted(
            @Nullable String name,
            List<String> collections,
            @Nullable String stack,
            String kind) {}
}
