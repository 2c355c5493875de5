package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.copy.CopyReport;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Either program copies into and out of repositories of the other, and each sees what the other has copied already. */
class CopyWithResticIT {

    private static final String OTHER_PASSWORD = "another battery staple";

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void resticReadsAndRepeatsWhatWeCopiedOfItsRepository(Restic.Program program) throws IOException {
        Restic theirs = program.on(temp.resolve("theirs"));
        theirs.init();
        Path source = HardCases.withAttributes(temp.resolve("source"));
        theirs.backup(source, "--tag", "one");
        Files.write(source.resolve("more"), HardCases.random(5, 3_000_000));
        theirs.backup(source, "--tag", "two");
        Path target = temp.resolve("target");
        try (Vault from = open(theirs, Restic.PASSWORD);
                Vault to = Vault.initLike(from, LocalBackend.at(target), Password.of(OTHER_PASSWORD))) {
            CopyReport report = from.copy(to, CopySpec.ALL, Watch.NONE);
            assertThat(report.problems()).isEmpty();
            assertThat(report.copied()).hasSize(2);
        }
        Restic there = program.on(target);
        assertThat(run(there, OTHER_PASSWORD, "check", "--read-data")).contains("no errors were found");
        run(
                there,
                OTHER_PASSWORD,
                "restore",
                "latest",
                "--target",
                temp.resolve("restored").toString());
        assertThat(Manifest.of(temp.resolve("restored/source"))).isEqualTo(Manifest.of(source));
        assertThat(originals(there, OTHER_PASSWORD)).hasSameElementsAs(ids(theirs, Restic.PASSWORD));
        assertThat(copy(program, theirs.repository(), Restic.PASSWORD, target, OTHER_PASSWORD))
                .contains("skipping");
        assertThat(ids(there, OTHER_PASSWORD)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void weSeeWhatResticCopiedOfOursAndCopyTheRest(Restic.Program program) throws IOException {
        Path place = temp.resolve("ours");
        Restic there = program.on(temp.resolve("there"));
        Path source = HardCases.withAttributes(temp.resolve("source"));
        try (Vault ours = Vault.init(LocalBackend.at(place), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            ours.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
        }
        there.withPassword(OTHER_PASSWORD).init();
        copy(program, place, Restic.PASSWORD, there.repository(), OTHER_PASSWORD);
        assertThat(run(there, OTHER_PASSWORD, "check", "--read-data")).contains("no errors were found");
        Files.write(source.resolve("more"), HardCases.random(5, 3_000_000));
        try (Vault ours = open(place, Restic.PASSWORD);
                Vault theirs = open(there, OTHER_PASSWORD)) {
            ours.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
            CopyReport report = ours.copy(theirs, CopySpec.ALL, Watch.NONE);
            assertThat(report.present()).hasSize(1);
            assertThat(report.copied()).hasSize(1);
            assertThat(report.bytes()).as("the new file and its directories").isBetween(3_000_000L, 3_100_000L);
            assertThat(theirs.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(theirs.snapshots()).hasSize(2).allSatisfy(CopyWithResticIT::isACopy);
        }
        assertThat(run(there, OTHER_PASSWORD, "check", "--read-data")).contains("no errors were found");
    }

    private static void isACopy(Snapshot snapshot) {
        assertThat(snapshot.original()).isPresent();
    }

    private static Vault open(Restic restic, String password) throws IOException {
        return open(restic.repository(), password);
    }

    private static Vault open(Path place, String password) throws IOException {
        return Vault.open(LocalBackend.at(place), Password.of(password), Duration.ZERO);
    }

    /** restic's copy, which names the other repository in other ways in its versions. */
    private String copy(Restic.Program program, Path from, String fromPassword, Path to, String toPassword)
            throws IOException {
        Path secret = Files.writeString(temp.resolve("from-password"), fromPassword);
        return run(
                program.on(to),
                toPassword,
                "copy",
                "--verbose=2",
                "--from-repo",
                from.toString(),
                "--from-password-file",
                secret.toString());
    }

    private static String run(Restic restic, String password, String... arguments) {
        Restic.Outcome outcome = restic.attempt(Path.of(""), password, List.of(arguments));
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static List<String> ids(Restic restic, String password) {
        return snapshots(restic, password, "id");
    }

    private static List<String> originals(Restic restic, String password) {
        return snapshots(restic, password, "original");
    }

    private static List<String> snapshots(Restic restic, String password, String field) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : JsonMapper.shared().readTree(run(restic, password, "snapshots", "--json"))) {
            values.add(each.get(field).stringValue());
        }
        return values;
    }
}
