package io.holdfast.site;

import static io.holdfast.site.Requests.AT;
import static io.holdfast.site.Requests.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.site.Journal.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path directory;

    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(directory, AT);
    }

    @Test
    void takesInWhatIsNew() throws IOException {
        assertThat(journal.accept(entry("b1", 1))).isEqualTo(Acceptance.NEW);

        assertThat(journal.find("b1")).contains(entry("b1", 1));
    }

    @Test
    void knowsWhatIsOpen() throws IOException {
        journal.accept(entry("b1", 1));

        assertThat(journal.accept(entry("b1", 1))).isEqualTo(Acceptance.OPEN);
    }

    @Test
    void knowsWhatHasEnded() throws IOException {
        journal.accept(entry("b1", 1));
        journal.finish(entry("b1", 1));

        assertThat(journal.accept(entry("b1", 1))).isEqualTo(Acceptance.FINISHED);
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void takesOnTheHigherAttempt() throws IOException {
        journal.accept(entry("b1", 1));

        assertThat(journal.accept(entry("b1", 3))).isEqualTo(Acceptance.OPEN);
        assertThat(journal.find("b1")).contains(entry("b1", 3));
    }

    @Test
    void isNotMovedBackByALowerAttempt() throws IOException {
        journal.accept(entry("b1", 3));

        assertThat(journal.accept(entry("b1", 2))).isEqualTo(Acceptance.OPEN);
        assertThat(journal.find("b1")).contains(entry("b1", 3));
    }

    @Test
    void opensAgainForAHigherAttemptOfWhatHasEnded() throws IOException {
        journal.accept(entry("b1", 1));
        journal.finish(entry("b1", 1));

        assertThat(journal.accept(entry("b1", 2))).isEqualTo(Acceptance.NEW);
        assertThat(journal.find("b1")).contains(entry("b1", 2));
    }

    @Test
    void staysOpenWhenANewerAttemptCameMeanwhile() throws IOException {
        journal.accept(entry("b1", 1));
        journal.accept(entry("b1", 2));

        assertThat(journal.finish(entry("b1", 1))).isFalse();
        assertThat(journal.find("b1")).contains(entry("b1", 2));
    }

    @Test
    void endsWhatIsCarriedOut() throws IOException {
        journal.accept(entry("b1", 1));

        assertThat(journal.finish(entry("b1", 1))).isTrue();
        assertThat(journal.find("b1")).isEmpty();
        assertThat(journal.finish(entry("b1", 1))).isFalse();
    }

    @Test
    void knowsAnAttemptWhetherOpenOrEnded() throws IOException {
        journal.accept(entry("open", 2));
        journal.accept(entry("ended", 2));
        journal.finish(entry("ended", 2));

        for (String id : List.of("open", "ended")) {
            assertThat(journal.knows(id, 1)).isTrue();
            assertThat(journal.knows(id, 2)).isTrue();
            assertThat(journal.knows(id, 3)).isFalse();
        }
        assertThat(journal.knows("never heard of", 1)).isFalse();
    }

    @Test
    void survivesReopening() throws IOException {
        journal.accept(entry("open", 2));
        journal.accept(entry("ended", 1));
        journal.finish(entry("ended", 1));

        Journal reopened = Journal.open(directory, AT);

        assertThat(reopened.entries()).containsExactly(entry("open", 2));
        assertThat(reopened.accept(entry("ended", 1))).isEqualTo(Acceptance.FINISHED);
    }

    @Test
    void listsTheOldestFirst() throws IOException {
        journal.accept(entry("a", 1, AT.plusSeconds(2)));
        journal.accept(entry("b", 1, AT));
        journal.accept(entry("c", 1, AT.plusSeconds(1)));

        assertThat(journal.entries()).extracting(Journal.Entry::id).containsExactly("b", "c", "a");
    }

    @Test
    void passesOverWhatAWriteLeftHalfDone() throws IOException {
        Files.writeString(directory.resolve("open/b1.json.tmp"), "{\"id\":");

        assertThat(journal.entries()).isEmpty();
        assertThat(journal.accept(entry("b1", 1))).isEqualTo(Acceptance.NEW);
        assertThat(journal.entries()).containsExactly(entry("b1", 1));
    }

    @Test
    void namesTheEntryThatIsDamagedAndTheWayOut() throws IOException {
        Path damaged = directory.resolve("open/b1.json");
        for (String content : List.of("", "{\"id\":", "null", "{}", "[1]")) {
            Files.writeString(damaged, content);

            assertThatThrownBy(() -> journal.entries())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("HF-J02 ")
                    .hasMessageContaining(damaged.toString())
                    .hasMessageContaining("Move the file away");
        }
    }

    @Test
    void refusesAnEntryThatIsNoRequest() throws IOException {
        journal.accept(entry("b1", 1));
        Path file = directory.resolve("open/b1.json");
        for (String type : List.of("service-alive.v1", "backup-requested.v99")) {
            Files.writeString(
                    file, Files.readString(file).replaceFirst("\"type\":\"[^\"]+\"", "\"type\":\"" + type + '"'));

            assertThatThrownBy(() -> journal.find("b1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("HF-J02 ")
                    .hasMessageContaining(type);
        }
    }

    @Test
    void isNotStoppedByTheDamageOfAnotherEntry() throws IOException {
        Files.writeString(directory.resolve("open/b1.json"), "damaged");

        assertThat(journal.accept(entry("b2", 1))).isEqualTo(Acceptance.NEW);
        assertThat(journal.finish(entry("b2", 1))).isTrue();
    }

    @Test
    void forgetsWhatEndedLongAgo() throws IOException {
        for (String id : List.of("old", "young")) {
            journal.accept(entry(id, 1));
            journal.finish(entry(id, 1));
        }
        lastTouched("old", Duration.ofDays(31));
        lastTouched("young", Duration.ofDays(29));

        Journal reopened = Journal.open(directory, AT);

        assertThat(reopened.knows("old", 1)).isFalse();
        assertThat(reopened.knows("young", 1)).isTrue();
    }

    @Test
    void neverForgetsWhatIsOpen() throws IOException {
        journal.accept(entry("b1", 1));
        Files.setLastModifiedTime(directory.resolve("open/b1.json"), FileTime.from(AT.minus(Duration.ofDays(99))));

        assertThat(Journal.open(directory, AT).entries()).containsExactly(entry("b1", 1));
    }

    @Test
    void takesNothingInThatItCannotWrite() throws IOException {
        Files.delete(directory.resolve("open"));

        assertThatThrownBy(() -> journal.accept(entry("b1", 1))).isInstanceOf(IOException.class);

        Files.createDirectory(directory.resolve("open"));
        assertThat(journal.accept(entry("b1", 1))).isEqualTo(Acceptance.NEW);
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        journal.accept(entry("b1", 1));

        assertThat(permissions("open")).isEqualTo("rwx------");
        assertThat(permissions("open/b1.json")).isEqualTo("rw-------");
    }

    @Test
    void takesOneOfManyAtOnceAsTheNewOne() throws Exception {
        var offers = new ArrayList<Callable<Acceptance>>();
        for (int i = 0; i < 8; i++) {
            offers.add(() -> journal.accept(entry("b1", 1)));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Acceptance>();
            for (Future<Acceptance> answer : threads.invokeAll(offers)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(Acceptance.NEW).hasSize(8);
        }
    }

    private void lastTouched(String id, Duration ago) throws IOException {
        Files.setLastModifiedTime(directory.resolve("finished/" + id + ".json"), FileTime.from(AT.minus(ago)));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(path)));
    }
}
