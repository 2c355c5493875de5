package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotTagsTest {

    private static final ComponentId DB = new ComponentId("shop", "db");

    @Property
    void readsBackWhatItWrote(
            @ForAll @IntRange(min = 1) int attempt,
            @ForAll SnapshotKind kind,
            @ForAll("anyNames") String name,
            @ForAll Consistency consistency,
            @ForAll @LongRange(min = 1) long planRevision) {
        var tags = new SnapshotTags(
                DB,
                new BackupId("b1"),
                attempt,
                new RecoveryPointId("rp1"),
                kind,
                name,
                true,
                consistency,
                planRevision);

        assertThat(SnapshotTags.of(snapshot(tags.wire()))).contains(tags);
    }

    @Property
    void writesNoNameThatWouldBeSeveralTagsOrSteerATerminal(@ForAll("anyNames") String name) {
        assertThat(tags(name).wire())
                .noneMatch(tag -> tag.contains(","))
                .noneMatch(tag -> tag.codePoints().anyMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL, Character.FORMAT -> true;
                    default -> false;
                }));
    }

    @Provide
    Arbitrary<String> anyNames() {
        Arbitrary<String> odd = Arbitraries.of(
                ",",
                "%",
                "%2C",
                "\n",
                "\u0000",
                "\u001b[31m",
                "\u202e",
                "name=",
                "kind=manifest",
                " ",
                "ä",
                "\ud83d\ude80");
        Arbitrary<String> any = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(10);
        return Arbitraries.oneOf(any, odd).list().ofMaxSize(4).map(parts -> String.join("", parts));
    }

    private static char[] surrogates() {
        var surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < surrogates.length; i++) {
            surrogates[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return surrogates;
    }

    @Test
    void leavesOrdinaryNamesReadable() {
        assertThat(tags("before the upgrade").wire()).contains("name=before the upgrade");
        assertThat(tags("a,b\n").wire()).contains("name=a%2Cb%0A");
    }

    @Test
    void hasNoTagForWhatIsNotThere() {
        assertThat(tags(null).wire())
                .containsExactly(
                        "stack=shop", "component=db", "backup=b1", "attempt=1", "recovery-point=rp1", "kind=regular");
    }

    @Test
    void passesOverSnapshotsOfOthers() {
        assertThat(SnapshotTags.of(snapshot(List.of()))).isEmpty();
        assertThat(SnapshotTags.of(snapshot(List.of("stack=shop", "component=db"))))
                .isEmpty();
        for (String broken : List.of("stack=No Name", "attempt=many", "kind=unheard-of", "backup=../../etc")) {
            String key = broken.substring(0, broken.indexOf('=') + 1);
            List<String> wire = tags(null).wire().stream()
                    .map(tag -> tag.startsWith(key) ? broken : tag)
                    .toList();

            assertThat(SnapshotTags.of(snapshot(wire))).isEmpty();
        }
    }

    @Test
    void readsANameThatAnotherProgramWrote() {
        List<String> wire = new java.util.ArrayList<>(tags(null).wire());
        wire.add("name=100% done");

        assertThat(SnapshotTags.of(snapshot(wire)).orElseThrow().name()).isEqualTo("100% done");
    }

    private static SnapshotTags tags(@Nullable String name) {
        return new SnapshotTags(DB, new BackupId("b1"), 1, new RecoveryPointId("rp1"), SnapshotKind.REGULAR, name);
    }

    static Snapshot snapshot(List<String> tags) {
        return new Snapshot(
                new SnapshotId(new Digest(1, 2, 3, 4)),
                Instant.EPOCH,
                ZoneOffset.UTC,
                "here",
                "root",
                List.of("/shop/db"),
                tags,
                List.of(),
                null,
                null,
                new BlobId(new Digest(1, 2, 3, 4)),
                null,
                "holdfast");
    }
}
