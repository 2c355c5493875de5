package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.ComponentId;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.restore.SafetySnapshot.Kept;
import io.holdfast.site.SnapshotTags;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.files.FilesSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SafetySnapshotTest {

    private static final RestoreId RESTORE = new RestoreId("restore-1");

    @TempDir
    private Path directory;

    private RestoreBench bench;
    private SafetySnapshot safety;

    @BeforeEach
    void bench() throws IOException {
        bench = new RestoreBench(directory);
        safety = new SafetySnapshot(bench.site.vaults(), TestSite.NAME, bench.site.clock());
    }

    @Test
    void isTakenOncePerRestore() throws IOException {
        Optional<Kept> first = safety.take(RESTORE, bench.docsId, source(bench.docsId, bench.docs));
        Files.writeString(bench.docs.resolve("a.txt"), "half restored");

        assertThat(safety.take(RESTORE, bench.docsId, source(bench.docsId, bench.docs)))
                .isEqualTo(first);
        assertThat(safety.take(new RestoreId("restore-2"), bench.docsId, source(bench.docsId, bench.docs)))
                .isPresent()
                .isNotEqualTo(first);
    }

    @Test
    void isTakenPerComponent() throws IOException {
        Optional<Kept> docs = safety.take(RESTORE, bench.docsId, source(bench.docsId, bench.docs));

        assertThat(safety.take(RESTORE, bench.webId, source(bench.webId, bench.web)))
                .isPresent()
                .isNotEqualTo(docs);
    }

    @Test
    void saysWhatItIs() throws IOException {
        SnapshotTags tags = SnapshotTags.of(safety.take(RESTORE, bench.docsId, source(bench.docsId, bench.docs))
                        .orElseThrow()
                        .snapshot())
                .orElseThrow();

        assertThat(tags.kind()).isEqualTo(SnapshotKind.SAFETY);
        assertThat(tags.recoveryPoint().value()).isEqualTo("safety-restore-1");
        assertThat(tags.component()).isEqualTo(bench.docsId);
    }

    /** No process may read the first page of its memory, whoever it is. */
    @Test
    void saysWhatCouldNotBeKept() throws IOException {
        Path unreadable = Path.of("/proc/self/mem");

        assertThat(safety.take(RESTORE, bench.docsId, source(bench.docsId, unreadable))
                        .flatMap(Kept::lack)
                        .orElseThrow())
                .startsWith("HF-R20 ")
                .contains("(1 in all)", "/mem: ");
        assertThat(safety.take(RESTORE, bench.webId, source(bench.webId, bench.web))
                        .flatMap(Kept::lack))
                .isEmpty();
    }

    @Test
    void isNotTakenOfNothing() throws IOException {
        assertThat(safety.take(RESTORE, bench.docsId, source(bench.docsId, directory.resolve("gone"))))
                .isEmpty();
        assertThat(bench.site.vaults().of("shop").snapshots()).isEmpty();
    }

    private static ComponentSource source(ComponentId component, Path path) {
        return new FilesSource(
                new Source.Files(List.of(path), List.of(), List.of(), null, Quiesce.NONE), "/" + component);
    }
}
