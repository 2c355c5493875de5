package io.holdfast.worker;

import io.holdfast.events.Consistency;
import io.holdfast.worker.Manifest.Part;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A manifest for someone who has nothing but a vault, its password and a bad day. */
final class ManifestText {

    private static final String ROW = "%-24s %-20s %-25s %9s %10s %16s  %-22s  %s%n";

    private ManifestText() {}

    static String of(Manifest manifest) {
        var text = new StringBuilder();
        text.append("Recovery point %s of stack %s%n".formatted(manifest.recoveryPoint(), manifest.stack()));
        if (manifest.name() != null) {
            text.append("Named \"%s\"%n".formatted(manifest.name()));
        }
        text.append("Due %s, %s%n".formatted(manifest.due(), manifest.complete() ? "complete" : "INCOMPLETE"));
        text.append(
                "Written %s at site %s by %s%n%n".formatted(manifest.writtenAt(), manifest.site(), manifest.program()));
        text.append(
                ROW.formatted("component", "kind", "taken at", "took", "files", "bytes", "consistency", "snapshot"));
        for (Part part : manifest.components()) {
            text.append(ROW.formatted(
                    part.component(),
                    or(part.kind()),
                    part.takenAt(),
                    took(part.took()),
                    part.files(),
                    part.bytes(),
                    part.consistency() == null ? "-" : part.consistency().wire(),
                    part.snapshot()));
        }
        manifest.missing().forEach(missing -> text.append("%-24s MISSING%n".formatted(missing)));
        manifest.capturedTogether()
                .forEach((moment, components) -> text.append("%nCaptured together, of one moment (%s): %s%n"
                        .formatted(moment, String.join(", ", components))));
        if (manifest.consistency() == Consistency.CRASH_CONSISTENT) {
            text.append("""

                    What is crash-consistent was written to while it was read. It is as after a power cut: its files may be of
                    several moments, and whoever reads them has to be able to mend what it last wrote.
                    """);
        }
        text.append("""

                A snapshot's id is the SHA-256 of its file; what it holds is named by SHA-256 down to the last byte, and
                is compared with these names whenever it is read. To read all of it, with Holdfast or the stock restic
                program (the password is the vault's; a region serves as well as the vault):
                  holdfast vault check --read-data --repo %2$s
                  restic -r %2$s check --read-data

                To bring everything back with Holdfast:
                  holdfast restore %1$s --reason "why"
                One component without a running platform, or without Holdfast, into an empty directory:
                  holdfast vault restore SNAPSHOT --repo %2$s --target DIRECTORY
                  restic -r %2$s restore SNAPSHOT --target DIRECTORY
                Then, in the order in which your services need each other:
                """.formatted(manifest.recoveryPoint(), manifest.vault()));
        for (Part part : manifest.components()) {
            text.append("%n%s (snapshot %s)%n%s%n"
                    .formatted(
                            part.component(),
                            part.snapshot().substring(0, 8),
                            or(part.byHand()).indent(2).stripTrailing()));
        }
        return text.toString();
    }

    private static String took(@Nullable Duration took) {
        return took == null ? "-" : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    private static String or(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
