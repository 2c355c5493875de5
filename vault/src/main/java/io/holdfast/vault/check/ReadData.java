package io.holdfast.vault.check;

import io.holdfast.vault.model.PackId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which packs a check reads whole. */
public sealed interface ReadData {

    Pattern FORM = Pattern.compile(
            "(?<group>\\d{1,3})/(?<groups>\\d{1,3})|(?<percent>\\d+(?:\\.\\d+)?)%|(?<size>\\d{1,15})(?<unit>[kKmMgGtT]?)");

    /** No pack. */
    static ReadData nothing() {
        return new Packs(0, 1);
    }

    /** Every pack. */
    static ReadData everything() {
        return new Packs(1, 1);
    }

    /**
     * Every pack of one of several groups of about equal size: each pack is always in the same one.
     *
     * @param group which, from 1; 0 for none
     * @param groups of so many, at most 256
     */
    record Packs(int group, int groups) implements ReadData {
        public Packs {
            if (group < 0 || groups < 1 || group > groups || groups > 256) {
                throw new IllegalArgumentException("%d of %d is no group of packs".formatted(group, groups));
            }
        }
    }

    /** So many of all packs, chosen at random; at least one. */
    record Percent(double percent) implements ReadData {
        public Percent {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("%s %% is not between 0 and 100".formatted(percent));
            }
        }
    }

    /** Packs chosen at random until they come to so many bytes. */
    record Bytes(long bytes) implements ReadData {
        public Bytes {
            if (bytes <= 0) {
                throw new IllegalArgumentException("%d is no number of bytes to read".formatted(bytes));
            }
        }
    }

    /** Reads {@code 2/7}, {@code 2.5%} or {@code 10G}, as restic's {@code --read-data-subset}. */
    static ReadData parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no part of the data: give n/t, a percentage as 2.5%%, or a size as 10G".formatted(text));
        }
        if (form.group("group") != null) {
            int group = Integer.parseInt(form.group("group"));
            if (group == 0) {
                throw new IllegalArgumentException("groups are counted from 1");
            }
            return new Packs(group, Integer.parseInt(form.group("groups")));
        }
        if (form.group("percent") != null) {
            return new Percent(Double.parseDouble(form.group("percent")));
        }
        return new Bytes(Math.multiplyExact(Long.parseLong(form.group("size")), unit(form.group("unit"))));
    }

    private static long unit(String letter) {
        return switch (letter.toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            case "t" -> 1L << 40;
            default -> 1;
        };
    }

    /** Those to read, of packs with these sizes. */
    default List<PackId> choose(Map<PackId, Long> sizes, RandomGenerator random) {
        List<PackId> packs = new ArrayList<>(sizes.keySet());
        return switch (this) {
            case Packs(int group, int groups) ->
                packs.stream()
                        .filter(pack -> (pack.digest().bytes()[0] & 0xff) % groups == group - 1)
                        .toList();
            case Percent(double percent) -> {
                Collections.shuffle(packs, Random.from(random));
                yield packs.subList(0, packs.isEmpty() ? 0 : Math.max(1, (int) (packs.size() * percent / 100)));
            }
            case Bytes(long bytes) -> {
                Collections.shuffle(packs, Random.from(random));
                long sum = 0;
                int count = 0;
                while (count < packs.size() && sum < bytes) {
                    sum += sizes.getOrDefault(packs.get(count++), 0L);
                }
                yield packs.subList(0, count);
            }
        };
    }
}
