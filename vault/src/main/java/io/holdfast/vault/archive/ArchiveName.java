package io.holdfast.vault.archive;

import io.holdfast.vault.snapshot.Snapshot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stretch of the calendar that an archive holds, and its name: {@code 2026}, {@code 2026-Q3} or {@code 2026-08}.
 *
 * @param begin its first day
 */
public record ArchiveName(Length length, LocalDate begin) implements Comparable<ArchiveName> {

    private static final Pattern TEXT = Pattern.compile("(\\d{4})(?:-Q([1-4])|-(\\d{2}))?");
    private static final Comparator<ArchiveName> ORDER =
            Comparator.comparing(ArchiveName::end).thenComparing(ArchiveName::length);

    /** How long a period is. */
    public enum Length {
        MONTH(1),
        QUARTER(3),
        YEAR(12);

        private final int months;

        Length(int months) {
            this.months = months;
        }
    }

    public ArchiveName {
        if (begin.getDayOfMonth() != 1 || (begin.getMonthValue() - 1) % length.months != 0) {
            throw new IllegalArgumentException("no %s begins on %s".formatted(length, begin));
        }
        if (begin.getYear() < 0 || begin.getYear() > 9999) {
            throw new IllegalArgumentException("the year %d has no name".formatted(begin.getYear()));
        }
    }

    /** The period that a day lies in. */
    public static ArchiveName of(Length length, LocalDate day) {
        int month = (day.getMonthValue() - 1) / length.months * length.months + 1;
        return new ArchiveName(length, LocalDate.of(day.getYear(), month, 1));
    }

    /** The period that a snapshot lies in, by the clock it was taken by. */
    public static ArchiveName of(Length length, Snapshot snapshot) {
        return of(length, snapshot.localTime().toLocalDate());
    }

    /** Reads a name; nothing when it is none. */
    public static Optional<ArchiveName> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Length length = parts.group(2) != null ? Length.QUARTER : parts.group(3) != null ? Length.MONTH : Length.YEAR;
        try {
            int month = switch (length) {
                case MONTH -> Integer.parseInt(parts.group(3));
                case QUARTER -> Integer.parseInt(parts.group(2)) * 3 - 2;
                case YEAR -> 1;
            };
            return Optional.of(new ArchiveName(length, LocalDate.of(Integer.parseInt(parts.group(1)), month, 1)));
        } catch (DateTimeException noSuchMonth) {
            return Optional.empty();
        }
    }

    /** The first day after it. */
    public LocalDate end() {
        return begin.plusMonths(length.months);
    }

    /** Whether a snapshot lies in it, by the clock it was taken by. */
    public boolean holds(Snapshot snapshot) {
        return of(length, snapshot).equals(this);
    }

    @Override
    public int compareTo(ArchiveName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (length) {
            case MONTH -> "%04d-%02d".formatted(begin.getYear(), begin.getMonthValue());
            case QUARTER -> "%04d-Q%d".formatted(begin.getYear(), (begin.getMonthValue() + 2) / 3);
            case YEAR -> "%04d".formatted(begin.getYear());
        };
    }
}
