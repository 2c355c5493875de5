package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.contents.DiffTotals;
import io.holdfast.vault.contents.FindSpec;
import io.holdfast.vault.contents.StatsMode;
import io.holdfast.vault.contents.StatsTotals;
import io.holdfast.vault.files.Posix;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is listed, found, compared and counted here is what stock restic lists, finds, compares and counts. */
class ReadsAsResticIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void inEveryRespect(Restic.Program program) throws IOException {
        Path repository = temp.resolve("repository");
        Path source = HardCases.create(temp.resolve("source"));
        Restic restic = program.on(repository);
        restic.init();
        restic.run("backup", source.toString());
        change(source);
        restic.run("backup", source.toString());
        try (Vault vault = Vault.open(LocalBackend.at(repository), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            List<Snapshot> snapshots = vault.snapshots();
            compareDiff(restic, vault.contents(), snapshots.getLast(), snapshots.getFirst());
            for (StatsMode mode : StatsMode.values()) {
                compareStats(restic, vault.contents().stats(snapshots, mode), mode);
            }
            compareFind(restic, vault.contents(), snapshots.getFirst());
        }
    }

    private static void change(Path source) throws IOException {
        Files.writeString(source.resolve("plain.txt"), "changed");
        Files.delete(source.resolve("ümläut"));
        Files.delete(source.resolve("relative"));
        Files.createDirectory(source.resolve("relative"));
        Files.writeString(source.resolve("relative/new"), "new");
        Files.createDirectories(source.resolve("more/and"));
        Files.write(source.resolve("more/and/more"), HardCases.random(5, 3_000_000));
        Files.delete(source.resolve("a/b/c/text"));
        Posix.setTimes(source.resolve("empty"), Instant.parse("2010-10-10T10:10:10.1Z"));
    }

    private static void compareDiff(Restic restic, Contents contents, Snapshot from, Snapshot to) throws IOException {
        List<String> ours = new ArrayList<>();
        DiffTotals totals = contents.diff(
                from.id(), "/", to.id(), "/", true, change -> ours.add(change.letters() + " " + change.path()));
        List<String> theirs = new ArrayList<>();
        for (String line : restic.run(
                        "diff",
                        "--metadata",
                        "--json",
                        from.id().toString(),
                        to.id().toString())
                .lines()
                .toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("message_type").asString("").equals("change")) {
                theirs.add(json.path("modifier").stringValue() + " "
                        + json.path("path").stringValue());
            } else if (json.has("changed_files")) {
                assertThat(json.path("changed_files").longValue()).isEqualTo(totals.changedFiles());
                compareSide(json.path("added"), totals.added());
                compareSide(json.path("removed"), totals.removed());
            }
        }
        assertThat(ours).isEqualTo(theirs).contains("M " + path(from) + "/plain.txt");
    }

    private static String path(Snapshot snapshot) {
        return snapshot.paths().getFirst();
    }

    private static void compareSide(JsonNode json, DiffTotals.Side side) {
        assertThat(side)
                .isEqualTo(new DiffTotals.Side(
                        json.path("files").longValue(),
                        json.path("dirs").longValue(),
                        json.path("others").longValue(),
                        json.path("data_blobs").longValue(),
                        json.path("tree_blobs").longValue(),
                        json.path("bytes").longValue()));
    }

    private static void compareStats(Restic restic, StatsTotals totals, StatsMode mode) {
        JsonNode json = JSON.readTree(restic.run("stats", "--quiet", "--json", "--mode", mode.word()));
        assertThat(totals.size())
                .as(mode.word())
                .isEqualTo(json.path("total_size").longValue());
        assertThat(totals.files())
                .as(mode.word())
                .isEqualTo(json.path("total_file_count").asLong(0));
        assertThat(totals.blobs())
                .as(mode.word())
                .isEqualTo(json.path("total_blob_count").asLong(0));
        if (mode == StatsMode.RAW_DATA && json.has("total_uncompressed_size")) {
            assertThat(totals.raw().uncompressed())
                    .isEqualTo(json.path("total_uncompressed_size").longValue());
            assertThat(totals.compressionRatio())
                    .isEqualTo(json.path("compression_ratio").doubleValue());
            assertThat(totals.compressionProgress())
                    .isEqualTo(json.path("compression_progress").doubleValue());
        }
    }

    private static void compareFind(Restic restic, Contents contents, Snapshot snapshot) throws IOException {
        for (List<String> patterns :
                List.of(List.of("a"), List.of("*e*", "more/*"), List.of(path(snapshot) + "/a/**"))) {
            List<String> ours = new ArrayList<>();
            contents.find(
                    List.of(snapshot),
                    FindSpec.of(patterns.toArray(String[]::new)),
                    (_, entry) -> ours.add(readable(entry.path())));
            List<String> command = new ArrayList<>(List.of("find", "--quiet", "--json", "--snapshot"));
            command.add(snapshot.id().toString());
            command.addAll(patterns);
            List<String> theirs = new ArrayList<>();
            for (JsonNode match : JSON.readTree(restic.run(command.toArray(String[]::new)))
                    .path(0)
                    .path("matches")) {
                theirs.add(readable(match.path("path").stringValue()));
            }
            assertThat(ours).as(patterns.toString()).isEqualTo(theirs).isNotEmpty();
        }
    }

    /** How many replacement characters stand for bytes that are no text differs. */
    private static String readable(String path) {
        return path.replaceAll("\ufffd+", "?");
    }
}
