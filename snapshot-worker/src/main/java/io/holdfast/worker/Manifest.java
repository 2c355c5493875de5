package io.holdfast.worker;

import io.holdfast.events.EventJson;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.vault.Root;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that describe a recovery point: one for people, one for programs, and the plan it was made under. */
record Manifest(String text, String json, Optional<String> planText) {

    static Manifest of(ManifestRequested request, String vault, Optional<PlanPublished> plan) {
        return new Manifest(
                text(request, vault),
                new String(EventJson.write(request), StandardCharsets.UTF_8),
                plan.map(PlanPublished::text));
    }

    List<Root> under(String at) {
        var files = new ArrayList<Root>();
        files.add(file(at + "/MANIFEST.txt", text));
        files.add(file(at + "/manifest.json", json));
        planText.ifPresent(plan -> files.add(file(at + "/plan.yaml", plan)));
        return files;
    }

    private static Root file(String at, String content) {
        return new Root.Generated(at, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ManifestRequested request, String vault) {
        var text = new StringBuilder();
        text.append("Recovery point %s of stack %s%n".formatted(request.recoveryPoint(), request.stack()));
        text.append("Due %s, %s%n".formatted(request.due(), request.complete() ? "complete" : "INCOMPLETE"));
        text.append("%n%-32s %-25s %10s %16s  %s%n".formatted("component", "taken at", "files", "bytes", "snapshot"));
        for (RecoveredComponent component : request.components()) {
            text.append("%-32s %-25s %10d %16d  %s%n"
                    .formatted(
                            component.component(),
                            component.takenAt(),
                            component.files(),
                            component.bytes(),
                            component.snapshot()));
        }
        request.missing().forEach(missing -> text.append("%-32s MISSING%n".formatted(missing)));
        text.append("""

                To bring it back with Holdfast:
                  holdfast restore %1$s --reason "why"
                Without a running platform:
                  holdfast vault restore SNAPSHOT --repo %2$s --target DIRECTORY
                With the stock restic program:
                  restic -r %2$s restore SNAPSHOT --target DIRECTORY
                Inside a snapshot the files lie below /%3$s/COMPONENT/ with their own absolute paths.
                """.formatted(request.recoveryPoint(), vault, request.stack()));
        return text.toString();
    }
}
