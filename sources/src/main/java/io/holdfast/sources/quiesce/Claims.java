package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Keepers.Seen;
import io.holdfast.sources.quiesce.Owners.Owner;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import io.holdfast.sources.quiesce.Resting.Rest;
import io.holdfast.sources.quiesce.Turns.Turn;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process claims for its brackets: everything is looked at, refused where it must not rest, and written down, before
 * any of it is touched.
 */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Keepers keepers;
    private final Records records;
    private final Turns turns;
    private final Sweeper sweeper;
    private final Owner owner;
    private final Clock clock;

    Claims(Keepers keepers, Records records, Turns turns, Sweeper sweeper, Owner owner, Clock clock) {
        this.keepers = keepers;
        this.records = records;
        this.turns = turns;
        this.sweeper = sweeper;
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * What a bracket will hold, written down.
     *
     * @param last the keys of what rests last
     */
    record Claim(BracketRecord record, Set<String> last) {}

    /** Looks at everything, and writes down what will be touched before anything is. */
    Claim claim(ToRest wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + wanted.limit().toNanos();
        while (true) {
            sweeper.sweep().forEach(log::warn);
            List<Seen> seen = look(() -> keepers.look(wanted));
            Optional<Turn> turn = turns.take(seen.stream().map(it -> it.thing().key()), wanted.limit());
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    Optional<Claim> claimed = claimed(wanted, seen);
                    if (claimed.isPresent()) {
                        return claimed.get();
                    }
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SourceException(
                        "HF-Q22",
                        "Cannot bring %s to rest: something of it is being captured since more than %d s. Nothing was touched. Try again when that has ended."
                                .formatted(wanted.subject(), wanted.limit().toSeconds()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** @return empty if something must be stopped that is being read while it is paused */
    private Optional<Claim> claimed(ToRest wanted, List<Seen> seen) throws IOException {
        List<BracketRecord> others = records.all();
        List<Resting> resting = new ArrayList<>();
        for (Seen it : seen) {
            Resting now = look(() -> keepers.lookAgain(it));
            Resting joined = others.stream()
                    .flatMap(other -> other.holdingOf(now))
                    .max(Comparator.comparing(Resting::rest))
                    .orElse(now);
            if (joined.rest() == Rest.PAUSE && it.purpose() != Purpose.CAPTURE_PAUSED) {
                return Optional.empty();
            }
            refusePaused(joined, wanted);
            resting.add(joined);
        }
        String id = BracketRecord.idOf(wanted);
        for (BracketRecord other : others) {
            if (other.id().equals(id)) {
                keep(other, resting);
            } else if (other.purpose().isRestore() && wanted.subjects().contains(other.subject())) {
                refuseHalfRestored(resting, other);
            }
        }
        BracketRecord record = record(wanted, resting);
        try {
            records.write(record);
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q28",
                    "Cannot write down what would rest: %s. Nothing was touched. Look at the disk of the state directory."
                            .formatted(e.getMessage()),
                    e);
        }
        return Optional.of(new Claim(
                record,
                seen.stream().filter(Seen::last).map(it -> it.thing().key()).collect(Collectors.toSet())));
    }

    /** What the bracket that is gone on with has left at rest goes on resting. */
    private void keep(BracketRecord before, List<Resting> resting) throws IOException {
        for (Resting held : before.resting()) {
            if (resting.stream().noneMatch(held::isSameRun) && look(() -> isAsItWasLeft(held))) {
                resting.addFirst(held);
            }
        }
    }

    /** Otherwise somebody has taken it over since, and it is no part of the restore any more. */
    private boolean isAsItWasLeft(Resting held) throws IOException {
        return keepers.bringBack(held, false).isEmpty();
    }

    private static void refusePaused(Resting thing, ToRest wanted) throws SourceException {
        if (wanted.purpose().isRestore() && thing instanceof OfContainer container && container.paused()) {
            throw new SourceException(
                    "HF-Q21",
                    "Container %s is paused by somebody, and cannot be stopped and come back as it is. Nothing was touched. Unpause or stop it, then restore again."
                            .formatted(container.name()));
        }
    }

    /** Unless somebody has started everything again, and so taken it over. */
    private static void refuseHalfRestored(List<Resting> resting, BracketRecord restore) throws SourceException {
        if (restore.holdsAnyOf(resting)) {
            throw new SourceException(
                    "HF-Q29",
                    "A restore of %s did not end well, so it may be half restored, and is not captured. Nothing was touched; earlier snapshots are safe. Restore it again, or start its containers to say that it is good."
                            .formatted(restore.subject()));
        }
    }

    BracketRecord record(ToRest wanted, List<Resting> resting) {
        return BracketRecord.of(wanted, resting, owner.name(), clock.instant());
    }

    private interface Look<T> {
        T look() throws IOException;
    }

    private static <T> T look(Look<T> look) throws IOException {
        try {
            return look.look();
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q22",
                    "Cannot look at what is to rest: %s. Nothing was touched. See why, then try again."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
