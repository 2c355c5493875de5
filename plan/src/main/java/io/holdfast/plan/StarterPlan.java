package io.holdfast.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commented plan that a first start writes, for its operator to make their own. */
public final class StarterPlan {

    /**
     * What the starter plan is filled with.
     *
     * @param vaults absolute; where the vaults are to lie
     * @param samples what is protected at first, one component each
     */
    public record Parameters(
            Path vaults,
            SecretReference vaultPassword,
            List<Place> regions,
            String mailHost,
            int mailPort,
            List<Sample> samples) {

        public Parameters {
            regions = List.copyOf(regions);
            samples = Names.some("samples", samples);
        }
    }

    /** A region; the keys are null for a directory. */
    public record Place(
            String name,
            Location location,
            @Nullable SecretReference accessKey,
            @Nullable SecretReference secretKey) {}

    /** A component that captures one directory. */
    public record Sample(String component, Path directory) {}

    private StarterPlan() {}

    /** The text of a plan that reads back without a problem or a warning. */
    public static String text(Parameters parameters) {
        return """
                # What Holdfast protects. After a change:
                #
                #   holdfast plan check FILE      says what is wrong, with the line
                #   holdfast plan publish FILE    puts it into effect
                #
                # Secrets never stand here, only where they lie: env:NAME or file:PATH.
                version: 1

                # One vault per stack, encrypted with this password. Without the password nothing can be restored:
                # keep a copy of it away from this host.
                vaults:
                  directory: %s
                  password: %s

                # Where copies of the vaults go. Each region is complete on its own. A directory on another disk is one too:
                #   - name: second-disk
                #     location: /mnt/disk2/holdfast
                regions: %s

                # Classes bundle schedule and retention. Three are built in: critical (daily at 02:00, kept for 30 days),
                # important (Sundays at 03:00, 12 weeks) and recoverable (the first of the month at 04:00, half a year).
                classes:
                  sample:
                    schedule: "*/5 * * * *"       # minute, hour, day of month, month, day of week
                    keep: {last: 12, within: 7d}
                    rpo: 1h                       # the most work that may be lost

                # A stack is what is backed up and restored as one.
                stacks:
                  - name: sample
                    class: sample
                    # time-zone: Europe/Berlin    # of its schedules; UTC unless given
                    components:
                %s
                      # Your own directories:
                      # - name: documents
                      #   class: critical
                      #   files: {paths: [/srv/documents], exclude: ["cache/*", "*.tmp"]}

                # Who is told when something is wrong. The next level is told when a level's time passes unacknowledged.
                contacts:
                  - {name: Operator, email: operator@example.org, role: Keeps the backups}
                escalation:
                  - {level: 1, timeout: 30m, contacts: [Operator]}
                  - {level: 2, timeout: 1h, contacts: [all_contacts]}

                mail:
                  host: %s
                  port: %d
                  from: holdfast@example.org
                  starttls: false                 # true for any server that is not on this host
                """.formatted(
                        quoted(parameters.vaults().toString()),
                        quoted(parameters.vaultPassword().wire()),
                        regions(parameters.regions()),
                        parameters.samples().stream().map(StarterPlan::sample).collect(Collectors.joining("\n")),
                        quoted(parameters.mailHost()),
                        parameters.mailPort());
    }

    private static String regions(List<Place> places) {
        return places.isEmpty()
                ? "[]"
                : places.stream().map(StarterPlan::region).collect(Collectors.joining("\n", "\n", ""));
    }

    private static String region(Place place) {
        String text = "  - name: %s\n    location: %s"
                .formatted(place.name(), quoted(place.location().wire()));
        return text + key("access-key", place.accessKey()) + key("secret-key", place.secretKey());
    }

    private static String key(String key, @Nullable SecretReference secret) {
        return secret == null ? "" : "\n    %s: %s".formatted(key, quoted(secret.wire()));
    }

    private static String sample(Sample sample) {
        return "      - name: %s\n        files: {paths: [%s], exclude: [\"cache/*\", \"*.tmp\"]}"
                .formatted(sample.component(), quoted(sample.directory().toString()));
    }

    /** In double quotes, in which YAML reads the same escapes as JSON. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(character -> quoted.append(
                        switch (character) {
                            case '"' -> "\\\"";
                            case '\\' -> "\\\\";
                            default ->
                                character < ' ' || character == 0x7f
                                        ? "\\u%04x".formatted(character)
                                        : String.valueOf((char) character);
                        }));
        return quoted.append('"').toString();
    }
}
