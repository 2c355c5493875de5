package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule on its way through one group, newest first: what it has left, and which period it kept last. */
final class RuleInUse {

    private final KeepRule rule;
    private final OffsetDateTime newest;
    private int left;
    private @Nullable Long lastBucket;

    RuleInUse(KeepRule rule, OffsetDateTime newest) {
        this.rule = rule;
        this.newest = newest;
        left = switch (rule) {
            case KeepRule.Last last -> last.count();
            case KeepRule.Newest newestOf -> newestOf.count();
            case KeepRule.Tagged _, KeepRule.Within _, KeepRule.NewestWithin _ -> KeepRule.ALL;
        };
    }

    /** Why the rule keeps the next snapshot, if it does. */
    Optional<String> reason(Snapshot snapshot, boolean isOldest) {
        return switch (rule) {
            case KeepRule.Tagged(List<String> tags) ->
                snapshot.hasTags(tags)
                        ? Optional.of("has tags [%s]".formatted(String.join(", ", tags)))
                        : Optional.empty();
            case KeepRule.Within(Span span) ->
                isWithin(span, snapshot) ? Optional.of("within " + span) : Optional.empty();
            case KeepRule.Last _ -> take("last snapshot", false);
            case KeepRule.Newest newestOf -> ofPeriod(newestOf.period(), snapshot, isOldest, " snapshot");
            case KeepRule.NewestWithin(Period period, Span span) ->
                isWithin(span, snapshot) ? ofPeriod(period, snapshot, isOldest, " within " + span) : Optional.empty();
        };
    }

    private Optional<String> ofPeriod(Period period, Snapshot snapshot, boolean isOldest, String what) {
        long bucket = period.bucket(snapshot.localTime());
        boolean isKeptAlready = lastBucket != null && lastBucket == bucket;
        if (left == 0 || (isKeptAlready && !isOldest)) {
            return Optional.empty();
        }
        lastBucket = bucket;
        return take(period.word() + what, isKeptAlready);
    }

    private Optional<String> take(String what, boolean onlyAsOldest) {
        if (left == 0) {
            return Optional.empty();
        }
        if (left != KeepRule.ALL) {
            left--;
        }
        return Optional.of(onlyAsOldest ? "oldest " + what : what);
    }

    private boolean isWithin(Span span, Snapshot snapshot) {
        return snapshot.localTime().isAfter(span.before(newest));
    }
}
