package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.PointInTime;
import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "restore", description = "Ask for a restore of a backup, of the latest, or of the state at a time.")
final class RestoreVerb extends RequestVerb {

    private static final String PATH = "/api/restores/";
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "REFUSED", "EXPIRED");

    @Parameters(
            arity = "0..1",
            paramLabel = "latest|ID|NAME",
            description = "A backup by id or name, or a component's snapshot by its id.")
    private @Nullable String which;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Instead: the newest good state up to then, as '2026-11-21 14:00' or 2026-11-21T14:00:00Z.")
    private @Nullable String at;

    @Option(names = "--stack", paramLabel = "STACK", description = "Needed only if several are planned.")
    private @Nullable String stack;

    @Option(names = "--to", paramLabel = "DIR", description = "Another directory, at the site. Default: its own place.")
    private @Nullable Path to;

    @Option(
            names = "--to-volume",
            paramLabel = "VOLUME",
            description = "A new volume, for the data of one component, instead.")
    private @Nullable String toVolume;

    @Option(
            names = "--from-region",
            paramLabel = "R",
            description = "Read from this region. Default: the site's own vault.")
    private @Nullable String fromRegion;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the audit trail.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--wait",
            description =
                    "Wait for its end: exit code 0 completed, 3 completed without all that was asked for, 1 anything else.")
    private boolean wait;

    RestoreVerb() {
        super("restore", PATH, "'holdfast events --follow --topic restores' shows how it goes");
    }

    @Override
    void before() {
        if ((which == null) == (at == null)) {
            throw usage("Give either latest, an id or a name, or --at TIME.");
        }
        if (to != null && to.toString().isBlank()) {
            throw usage("--to names no directory. Leave it out to put everything back in its own place.");
        }
        if (to != null && toVolume != null) {
            throw usage("Give either --to DIR or --to-volume VOLUME.");
        }
    }

    @Override
    int run(Console console) throws Exception {
        Wanted wanted = new Wanted(which, components(), stack, instant(), target(), toVolume, fromRegion, reason);
        JsonNode answer = console.post("/api/backups/restore", wanted);
        return accepted(console, answer, wait);
    }

    @Override
    boolean hasEnded(JsonNode now) {
        return ENDED.contains(now.path("status").asString(""));
    }

    private @Nullable Instant instant() {
        return at == null
                ? null
                : PointInTime.parse(at, surroundings().zone())
                        .orElseThrow(() -> usage(
                                "'%s' is no time; write '2026-11-21 14:00' or 2026-11-21T14:00:00Z.".formatted(at)));
    }

    private @Nullable String target() {
        if (to == null || to.isAbsolute()) {
            return to == null ? null : to.normalize().toString();
        }
        if (!isLocal()) {
            throw usage("--to must be an absolute path at the site, and '%s' is not.".formatted(to));
        }
        return to.toAbsolutePath().normalize().toString();
    }

    @Override
    ProgressText progress(JsonNode now) {
        var restore = Json.read(now, Answer.Restore.class);
        long done = restore.components().stream()
                .filter(Answer.RestoredPart::restored)
                .count();
        return new ProgressText(
                "Restoring, %d of %s done"
                        .formatted(done, Text.counted(restore.components().size(), "component")),
                restore.components().stream()
                        .mapToLong(Answer.RestoredPart::files)
                        .sum(),
                0,
                0,
                0);
    }

    @Override
    List<String> problems(JsonNode now) {
        var restore = Json.read(now, Answer.Restore.class);
        Stream<String> ofParts = restore.components().stream()
                .flatMap(part -> Stream.of(part.lacks(), part.altered())
                        .filter(Objects::nonNull)
                        .map(text -> part.component() + ": " + text));
        Stream<String> ofAll = Stream.concat(
                Stream.ofNullable(restore.message()).map(message -> restore.code() + " " + message),
                Stream.ofNullable(restore.lacks()));
        return Stream.concat(ofParts, ofAll).map(Text::printable).toList();
    }

    private static boolean lacksSomething(Answer.Restore restore) {
        return restore.lacks() != null || restore.components().stream().anyMatch(part -> part.lacks() != null);
    }

    @Override
    int report(JsonNode end) {
        var restore = Json.read(end, Answer.Restore.class);
        if (output().isJson()) {
            output().json(end);
        } else {
            Table table = new Table("Component", "Restored", ">Files", ">Written", "To", "Replaced state kept as");
            for (Answer.RestoredPart part : restore.components()) {
                table.row(
                        part.component(),
                        part.restored() ? "yes" : "no",
                        String.valueOf(part.files()),
                        Text.size(part.bytes()),
                        Text.orNone(part.target()),
                        Text.shortId(part.safetySnapshot()));
            }
            if (!restore.components().isEmpty()) {
                output().table(table);
            }
            output().line("Restore %s is %s%s."
                    .formatted(
                            restore.id(),
                            restore.status(),
                            lacksSomething(restore) ? ", without all that was asked for" : ""));
        }
        if (!restore.status().equals("COMPLETED")) {
            return ExitCodes.FAILED;
        }
        return lacksSomething(restore) ? ExitCodes.INCOMPLETE : ExitCodes.DONE;
    }

    private record Wanted(
            @Nullable String backupId,
            List<String> collections,
            @Nullable String stack,
            @Nullable Instant at,
            @Nullable String targetDirectory,
            @Nullable String targetVolume,
            @Nullable String fromRegion,
            String reason) {}
}
