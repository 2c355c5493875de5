package io.holdfast.sources.quiesce;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An open bracket as it lies at the site: whatever it touches was written here before, and stands here until it is back.
 *
 * @param owner the process that opened it
 * @param deadline when it is closed for the owner while that lives; null: never, as for a restore
 * @param givenUp whether its owner wants no more of it: whoever can is to close it
 * @param resting in the order in which it was brought to rest
 * @param after commands that run when everything is back; empty: none, or they have run
 */
record BracketRecord(
        String id,
        Purpose purpose,
        String subject,
        String owner,
        Instant opened,
        @Nullable Instant deadline,
        boolean givenUp,
        List<Resting> resting,
        List<Hook> after) {

    BracketRecord {
        resting = List.copyOf(resting);
        after = List.copyOf(after);
    }

    /** One that is opened now. */
    static BracketRecord of(ToRest wanted, List<Resting> resting, String owner, Instant now) {
        return new BracketRecord(
                idOf(wanted),
                wanted.purpose(),
                wanted.subject(),
                owner,
                now,
                wanted.purpose().isRestore() ? null : now.plus(wanted.limit()),
                false,
                resting,
                wanted.after());
    }

    /** A restore finds its bracket again after a crash, and the next restore that of one which failed. */
    static String idOf(ToRest wanted) {
        return wanted.purpose().isRestore()
                ? "restore-" + wanted.subject().replace('/', '.')
                : "capture-" + UUID.randomUUID();
    }

    /** What is left to do of it, for whoever can. */
    BracketRecord left(List<Resting> resting, List<Hook> after) {
        return new BracketRecord(id, purpose, subject, owner, opened, deadline, true, resting, after);
    }

    /** With everything back: only what runs afterwards is left to its owner, however long that takes. */
    BracketRecord back() {
        return new BracketRecord(id, purpose, subject, owner, opened, null, givenUp, List.of(), after);
    }

    /** Whether nothing of it has been brought back since it was the other. */
    boolean holdsTheSame(BracketRecord other) {
        return resting.equals(other.resting);
    }

    Stream<String> keys() {
        return resting.stream().map(Resting::key);
    }

    /** What it holds of the run that {@code thing} was found in, if it brings that to rest. */
    Stream<Resting> holdingOf(Resting thing) {
        return resting.stream().filter(held -> held.rest() != Resting.Rest.NONE && held.isSameRun(thing));
    }

    boolean holdsAnyOf(List<Resting> things) {
        return things.stream().flatMap(this::holdingOf).findAny().isPresent();
    }

    boolean isOverdue(Instant now) {
        return deadline != null && now.isAfter(deadline);
    }
}
