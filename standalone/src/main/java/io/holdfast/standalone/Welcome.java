package io.holdfast.standalone;

import io.holdfast.cli.HoldfastCli;
import io.holdfast.cli.terminal.Text;
import io.holdfast.plan.Mail;
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
        Plan plan = platform.inForce().plan();
        out.println("""

                Holdfast is ready (%.1f s). Stop it with Ctrl-C; the next start goes on where this one stopped.

                  Protects   %s
                  Plan       %s
                  Console    %s/api/status   token: %s
                  Kafka      %s
                  Vaults     %s
                  Regions    %s
                  Mail       %s
                  Log        %s""".formatted(
                        took.toMillis() / 1000.0,
                        plan.stacks().stream().map(Welcome::line).collect(Collectors.joining("; ")),
                        plan(platform),
                        platform.endpoints().console(),
                        data.of("token"),
                        platform.endpoints().brokers(),
                        plan.vaults().directory(),
                        regions(plan),
                        mail(platform),
                        data.of("logs").resolve("holdfast.log")));
        platform.plan().warnings().forEach(warning -> out.println("  warning: " + warning));
        platform.inForce().consequences().forEach(consequence -> out.println("  note: " + consequence));
        MissingSecrets.of(plan, System::getenv).forEach(missing -> out.println("  warning: " + missing));
        out.println();
        out.println("Try next, in a second terminal:");
        tries(plan).map(verb -> command(verb, data.root())).forEach(out::println);
        out.println();
        HoldfastCli.recoverySheet(plan).forEach(out::println);
        out.println("  When it is kept elsewhere:");
        out.println("  " + command("recovery-sheet --confirm", data.root()));
        out.flush();
    }

    private static String plan(Platform platform) {
        PlanInForce inForce = platform.inForce();
        Path file = platform.plan().file();
        String by = inForce.publishedBy();
        return by == null
                ? "%s (revision %d)".formatted(file, inForce.revision())
                : "revision %d, published by %s; %s says something else".formatted(inForce.revision(), by, file);
    }

    private static String regions(Plan plan) {
        return plan.regions().isEmpty()
                ? "none: the vaults are the only copy"
                : plan.regions().stream().map(Region::name).collect(Collectors.joining(", "));
    }

    private static String mail(Platform platform) {
        Mail mail = platform.inForce().plan().mail();
        if (mail == null) {
            return "nobody is told: the plan names no mail server";
        }
        return "%s:%d%s"
                .formatted(
                        mail.host(),
                        mail.port(),
                        platform.catchesMail()
                                ? "; caught mail lies in " + platform.data().of("mail")
                                : "");
    }

    private static Stream<String> tries(Plan plan) {
        String stack = plan.stacks().getFirst().name();
        String which = plan.stacks().size() == 1 ? "" : " --stack " + stack;
        return Stream.of(
                "status",
                "backup %s --wait".formatted(stack),
                "backups",
                "restore latest%s --to /tmp/restored --reason \"to see it work\" --wait".formatted(which),
                "events --follow");
    }

    /** To be copied, by the name by which this one was called. */
    private static String command(String verb, Path data) {
        return "  %s %s%s"
                .formatted(
                        Text.quoted(System.getenv().getOrDefault("HOLDFAST_LAUNCHER", "holdfast")),
                        verb,
                        isDefault(data) ? "" : " --data " + Text.quoted(data.toString()));
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
