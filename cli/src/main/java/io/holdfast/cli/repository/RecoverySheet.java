package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import io.holdfast.events.SnapshotKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs who has nothing left but a copy of a repository: where, which password, how.
 *
 * @param places where repositories lie; never empty
 * @param password where the password lies; never the password itself
 * @param passwordFile null where it lies in no file
 */
public record RecoverySheet(
        List<Place> places, String password, @Nullable String passwordFile) {

    private static final String S3 = "s3:";

    private static final Pattern ON_THIS_MACHINE =
            Pattern.compile(S3 + "https?://(127\\.[0-9.]+|localhost|\\[::1])[:/].*");

    /**
     * One repository.
     *
     * @param name what it is to its operator: a stack, and the region it is copied to
     * @param access where what is needed beside the password lies; null for a directory
     */
    public record Place(
            String name, String repository, @Nullable String access) {

        /** Whether it can be read only while a server of this machine runs. */
        private boolean needsServerHere() {
            return ON_THIS_MACHINE.matcher(repository).matches();
        }
    }

    /** Of one repository, which the password of the source opens. */
    public static RecoverySheet of(String repository, PasswordSource source) {
        boolean s3 = repository.startsWith(S3);
        String place = s3
                ? repository
                : Path.of(repository).toAbsolutePath().normalize().toString();
        return new RecoverySheet(
                List.of(new Place("repository", place, s3 ? "in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY" : null)),
                source.described(),
                source instanceof PasswordSource.InFile file ? file.absolute() : null);
    }

    /** For a person, of a repository with backups of stacks. */
    public List<String> lines() {
        List<String> lines = lines("");
        lines.add("  For one component of a stack, add: --path /STACK/COMPONENT --tag kind=regular");
        return lines;
    }

    /** Of a repository whose snapshots are of one kind, which is not the regular one. */
    public List<String> lines(SnapshotKind kind) {
        return lines(" --path /STACK/COMPONENT --tag kind=" + kind.wire());
    }

    /** @param choice which snapshots 'latest' is looked for among */
    private List<String> lines(String choice) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "RECOVERY SHEET: keep a copy of it, of the password and of the keys it names, away from this machine.");
        lines.add("");
        lines.add("  Password: %s. Without it nothing can ever be read again.".formatted(password));
        lines.add("  Where, each place complete on its own:");
        Table table = new Table("", "", "");
        places.forEach(place ->
                table.row(place.name(), place.repository(), place.access() == null ? "" : "keys: " + place.access()));
        table.lines().stream().skip(1).forEach(row -> lines.add("    " + row));
        if (places.stream().anyMatch(Place::needsServerHere)) {
            lines.add(
                    "  What is at this machine's own address answers only while its server runs here, and is lost with it.");
        }
        lines.add("  How, with holdfast and nothing running:");
        lines.addAll(variables("HOLDFAST"));
        lines.add("    holdfast vault snapshots");
        lines.add("    holdfast vault restore latest%s --target DIR".formatted(choice));
        lines.add("  How, with stock restic 0.14 or later and without holdfast:");
        lines.addAll(variables("RESTIC"));
        lines.add("    restic snapshots");
        lines.add("    restic restore latest%s --target DIR".formatted(choice));
        if (places.stream().anyMatch(place -> place.repository().startsWith(S3))) {
            lines.add("  For s3: export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…");
        }
        return lines;
    }

    /** The first that can be read with nothing running. */
    private Place example() {
        return places.stream()
                .filter(place -> !place.needsServerHere())
                .findFirst()
                .orElseGet(places::getFirst);
    }

    private List<String> variables(String program) {
        List<String> lines = new ArrayList<>();
        lines.add("    export %s_REPOSITORY=%s"
                .formatted(program, Text.quoted(example().repository())));
        lines.add(
                passwordFile == null
                        ? "    read -rs %s_PASSWORD; export %s_PASSWORD".formatted(program, program)
                        : "    export %s_PASSWORD_FILE=%s".formatted(program, Text.quoted(passwordFile)));
        return lines;
    }
}
