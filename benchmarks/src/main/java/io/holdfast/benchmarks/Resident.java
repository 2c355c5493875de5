package io.holdfast.benchmarks;

import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine that stays: one JVM that does what it is told on standard input, as a worker does, and keeps its vault open.
 * After each command it answers in one line: seconds of CPU (collector and compiler included), seconds of wall clock,
 * peak resident memory of the command in KiB.
 *
 * <pre>
 * init REPOSITORY | backup DIRECTORY | restore TARGET | close
 * </pre>
 */
final class Resident {

    private static final Path PEAK_RESET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Password password = Password.of(System.getenv("RESTIC_PASSWORD"));
    private @Nullable Vault vault;

    public static void main(String[] arguments) throws IOException {
        Resident resident = new Resident();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(resident.measure(line.split(" ", 2)));
        }
    }

    private String measure(String[] command) throws IOException {
        Files.writeString(PEAK_RESET, "5");
        long cpu = cpu();
        long wall = System.nanoTime();
        run(command[0], command.length > 1 ? command[1] : "");
        return "%.3f %.3f %d".formatted((cpu() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9, peak());
    }

    private void run(String verb, String argument) throws IOException {
        switch (verb) {
            case "init" -> vault = Vault.init(LocalBackend.at(Path.of(argument)), password);
            case "backup" ->
                complete(open().backup(BackupSpec.of(Root.Tree.of(Path.of(argument))), Progress.NONE)
                        .problems());
            case "restore" ->
                complete(open().restore(
                                open().snapshots().getFirst().id(),
                                RestoreSpec.of("/", Path.of(argument)),
                                Progress.NONE)
                        .problems());
            case "close" -> open().close();
            default -> throw new IllegalArgumentException("unknown command: " + verb);
        }
    }

    private Vault open() {
        if (vault == null) {
            throw new IllegalStateException("init comes first");
        }
        return vault;
    }

    private static void complete(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("incomplete: " + problems);
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long peak() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
