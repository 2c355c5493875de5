package io.holdfast.standalone;

import io.holdfast.plan.Plan;
import io.holdfast.plan.Region;
import io.holdfast.plan.Stack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a start shows once everything runs: where to look, what to try, and the recovery sheet. */
final class Welcome {

    private Welcome() {}

    static void print(PrintWriter out, Platform platform, Duration took) {
        DataDirectory data = platform.data();
        Plan plan = platform.plan().plan();
        Stack stack = plan.stacks().getFirst();
        out.println("""

                Holdfast is ready (%.1f s). Stop it with Ctrl-C; the next start goes on where this one stopped.

                  Protects   %s
                  Plan       %s (revision %d)
                  Console    %s/api/status   token: %s
                  Kafka      %s
                  Vaults     %s
                  Regions    %s
                  Mail       %s
                  Log        %s

                Try next, in a second terminal:
                %s

                %s""".formatted(
                took.toMillis() / 1000.0,
                plan.stacks().stream().map(Welcome::line).collect(Collectors.joining("; ")),
                platform.plan().file(),
                platform.revision(),
                platform.endpoints().console(),
                data.of("token"),
                platform.endpoints().brokers(),
                plan.vaults().directory(),
                plan.regions().stream().map(Region::name).collect(Collectors.joining(", ")),
                plan.mail() == null
                        ? "nobody is told: the plan names no mail server"
                        : "%s:%d; caught mail lies in %s"
                                .formatted(plan.mail().host(), plan.mail().port(), data.of("mail")),
                data.of("logs").resolve("holdfast.log"),
                tries(stack.name(), isDefault(data.root()) ? "" : " --data " + data.root()),
                RecoverySheet.of(plan)));
        out.flush();
    }

    /** Commands to copy, by the name by which this one was called. */
    private static String tries(String stack, String option) {
        String command = System.getenv().getOrDefault("HOLDFAST_LAUNCHER", "holdfast");
        return Stream.of(
                        "status",
                        "backup %s --wait".formatted(stack),
                        "backups",
                        "restore latest --to /tmp/restored --reason \"to see it work\" --wait",
                        "events --follow")
                .map(verb -> "  %s %s%s".formatted(command, verb, option))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Stack stack) {
        return stack.name()
                + ": "
                + stack.components().stream().map(component -> component.name()).collect(Collectors.joining(", "));
    }

    private static boolean isDefault(Path root) {
        return root.equals(Path.of("holdfast-data").toAbsolutePath().normalize());
    }
}
