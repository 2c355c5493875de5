package io.holdfast.worker;

import io.holdfast.sources.quiesce.Bracket;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.Backups;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.CommitGuard;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures components, one or several, in one bracket: everything rests before the first is read and until the last was,
 * so that all their snapshots are of one moment, which is their time. One that cannot be captured does not keep the others
 * from it; if something cannot be brought to rest, none is.
 *
 * <p>Used once.
 */
final class SharedBracket {

    private static final Logger log = LoggerFactory.getLogger(SharedBracket.class);

    private final Brackets brackets;
    private final CommitGuard guard;
    private final RunningCaptures running;
    private final Clock clock;
    private final List<Member> members = new ArrayList<>();
    private final Map<OneBackup, Outcome> outcomes = new LinkedHashMap<>();

    SharedBracket(Brackets brackets, CommitGuard guard, RunningCaptures running, Clock clock) {
        this.brackets = brackets;
        this.guard = guard;
        this.running = running;
        this.clock = clock;
    }

    private interface Step {
        void run(Member member) throws IOException, InterruptedException;
    }

    /** Makes one of those that are captured. */
    interface Making {
        Member make() throws IOException;
    }

    /** Takes one more in, whose outcome it is if it cannot be made. */
    void join(OneBackup backup, Making making) throws IOException, InterruptedException {
        try {
            members.add(making.make());
        } catch (IOException e) {
            outcomes.put(backup, Outcome.Failed.of(e));
        } catch (RuntimeException | LinkageError e) {
            outcomes.put(backup, Outcome.Failed.unforeseen(backup.component(), e));
        }
    }

    /** One that is not captured, and why. */
    void leaveOut(OneBackup backup, Outcome.Failed why) {
        outcomes.put(backup, why);
    }

    /** Captures all into the vault, and returns what became of each. */
    Map<OneBackup, Outcome> capture(Vault vault) throws IOException, InterruptedException {
        try {
            each(_ -> true, Member::inspect);
            if (members.stream().anyMatch(member -> !outcomes.containsKey(member.backup()))) {
                rested(vault);
            }
        } finally {
            letGo(members.iterator());
        }
        return outcomes;
    }

    private void rested(Vault vault) throws IOException, InterruptedException {
        ToRest wanted = members.stream().map(Member::toRest).reduce(ToRest::and).orElseThrow();
        try (Backups backups = vault.backups();
                Bracket bracket = brackets.open(wanted, () -> each(_ -> true, Member::settle))) {
            Instant moment = clock.instant();
            Step read = member -> member.read(
                    backups, moment, guard, running.of(member.backup().id()));
            each(member -> !member.lasts(), read);
            Optional<IOException> disturbed = end(bracket);
            if (disturbed.isPresent()) {
                Outcome.Failed trouble = Outcome.Failed.of(disturbed.get());
                outcomes.replaceAll((_, failed) -> failed.but(trouble));
            }
            Duration rested = bracket.rested().orElse(null);
            Step finish = member -> {
                if (disturbed.isPresent()) {
                    member.flawed(disturbed.get());
                } else {
                    member.validate();
                }
            };
            Step commit = member -> {
                BackupResult result = member.commit(backups, rested != null && !member.lasts());
                done(member, new Outcome.Taken(result.snapshot(), rested, result.changes()));
            };
            each(member -> !member.lasts(), finish);
            each(member -> !member.lasts(), commit);
            each(Member::lasts, read);
            each(Member::lasts, finish);
            each(Member::lasts, commit);
        } catch (IOException e) {
            Outcome failed = Outcome.Failed.of(e);
            each(_ -> true, member -> done(member, failed));
        }
    }

    /** @return why what was read is not to be relied on */
    private Optional<IOException> end(Bracket bracket) {
        try {
            bracket.close();
        } catch (IOException e) {
            return Optional.of(e);
        }
        bracket.rested()
                .ifPresent(rested -> log.info(
                        "What rests while {} are captured rested for {} ms",
                        members.stream()
                                .map(member -> member.backup().component().toString())
                                .collect(Collectors.joining(", ")),
                        rested.toMillis()));
        return Optional.empty();
    }

    /** Takes a step with each that has no outcome yet; one that fails has it by that. */
    private void each(Predicate<Member> which, Step step) throws IOException, InterruptedException {
        for (Member member : members) {
            if (!outcomes.containsKey(member.backup()) && which.test(member)) {
                Outcome failed = failureOf(step, member);
                if (failed != null) {
                    done(member, failed);
                }
            }
        }
    }

    private static Outcome.@Nullable Failed failureOf(Step step, Member member)
            throws IOException, InterruptedException {
        try {
            step.run(member);
            return null;
        } catch (IOException e) {
            return Outcome.Failed.of(e);
        } catch (RuntimeException | LinkageError e) {
            return Outcome.Failed.unforeseen(member.backup().component(), e);
        }
    }

    private void done(Member member, Outcome outcome) {
        outcomes.put(member.backup(), outcome);
    }

    /** Closes all that are left, whatever closing one leads to. */
    private void letGo(Iterator<Member> left) throws IOException, InterruptedException {
        if (!left.hasNext()) {
            return;
        }
        Member member = left.next();
        try {
            Outcome.Failed trouble = failureOf(Member::close, member);
            if (trouble != null) {
                outcomes.computeIfPresent(member.backup(), (_, outcome) -> outcome.but(trouble));
            }
        } finally {
            letGo(left);
        }
    }
}
