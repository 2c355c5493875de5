package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.terminal.Code;
import io.holdfast.vault.retention.KeepRule;
import io.holdfast.vault.retention.Period;
import io.holdfast.vault.retention.RetentionPolicy;
import io.holdfast.vault.retention.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which snapshots are kept, with restic's words; a number may be 'unlimited'. */
final class KeepOptions {

    @Option(
            names = {"-l", "--keep-last"},
            paramLabel = "N",
            description = "The newest N.")
    private @Nullable String last;

    @Option(
            names = {"-H", "--keep-hourly"},
            paramLabel = "N",
            description = "The newest of each of N hours.")
    private @Nullable String hourly;

    @Option(
            names = {"-d", "--keep-daily"},
            paramLabel = "N",
            description = "The newest of each of N days.")
    private @Nullable String daily;

    @Option(
            names = {"-w", "--keep-weekly"},
            paramLabel = "N",
            description = "The newest of each of N weeks.")
    private @Nullable String weekly;

    @Option(
            names = {"-m", "--keep-monthly"},
            paramLabel = "N",
            description = "The newest of each of N months.")
    private @Nullable String monthly;

    @Option(
            names = {"-y", "--keep-yearly"},
            paramLabel = "N",
            description = "The newest of each of N years.")
    private @Nullable String yearly;

    @Option(
            names = "--keep-within",
            paramLabel = "1y5m7d2h",
            description = "All that are not older than the newest by more.")
    private @Nullable String within;

    @Option(
            names = "--keep-within-hourly",
            paramLabel = "1y5m7d2h",
            description = "As --keep-hourly, as long as they are not older.")
    private @Nullable String withinHourly;

    @Option(
            names = "--keep-within-daily",
            paramLabel = "1y5m7d2h",
            description = "As --keep-daily, as long as they are not older.")
    private @Nullable String withinDaily;

    @Option(
            names = "--keep-within-weekly",
            paramLabel = "1y5m7d2h",
            description = "As --keep-weekly, as long as they are not older.")
    private @Nullable String withinWeekly;

    @Option(
            names = "--keep-within-monthly",
            paramLabel = "1y5m7d2h",
            description = "As --keep-monthly, as long as they are not older.")
    private @Nullable String withinMonthly;

    @Option(
            names = "--keep-within-yearly",
            paramLabel = "1y5m7d2h",
            description = "As --keep-yearly, as long as they are not older.")
    private @Nullable String withinYearly;

    @Option(names = "--keep-tag", paramLabel = "TAG[,TAG]", description = "All with these tags; can be given again.")
    private List<String> tags = List.of();

    RetentionPolicy policy() {
        List<KeepRule> rules = new ArrayList<>();
        tags.forEach(each -> rules.add(new KeepRule.Tagged(List.of(each.split(",", -1)))));
        if (within != null) {
            rules.add(new KeepRule.Within(span(within)));
        }
        if (last != null) {
            rules.add(new KeepRule.Last(count(last)));
        }
        newest(rules, Period.HOURLY, hourly, withinHourly);
        newest(rules, Period.DAILY, daily, withinDaily);
        newest(rules, Period.WEEKLY, weekly, withinWeekly);
        newest(rules, Period.MONTHLY, monthly, withinMonthly);
        newest(rules, Period.YEARLY, yearly, withinYearly);
        return new RetentionPolicy(rules);
    }

    private static void newest(List<KeepRule> rules, Period period, @Nullable String count, @Nullable String span) {
        if (count != null) {
            rules.add(new KeepRule.Newest(period, count(count)));
        }
        if (span != null) {
            rules.add(new KeepRule.NewestWithin(period, span(span)));
        }
    }

    private static int count(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("unlimited") || text.equals("-1")) {
            return KeepRule.ALL;
        }
        if (!text.matches("\\d{1,9}")) {
            throw Code.USAGE.because(
                    "'%s' is no number of snapshots to keep. Nothing was changed. Give a number, or 'unlimited'."
                            .formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static Span span(String text) {
        try {
            return Span.parse(text);
        } catch (IllegalArgumentException e) {
            throw Code.USAGE.because("%s. Nothing was changed.".formatted(e.getMessage()));
        }
    }
}
