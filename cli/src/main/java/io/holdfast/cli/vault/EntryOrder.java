package io.holdfast.cli.vault;

import io.holdfast.vault.contents.Entry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a listing is sorted, by restic's words. */
enum EntryOrder {
    NAME,
    SIZE,
    TIME,
    ATIME,
    CTIME,
    EXTENSION;

    Comparator<Entry> comparator(boolean reverse) {
        Comparator<Entry> order = switch (this) {
            case NAME -> Comparator.comparing(Entry::path);
            case SIZE -> largestFirst(entry -> entry.metadata().size());
            case TIME -> largestFirst(entry -> entry.metadata().mtime());
            case ATIME -> largestFirst(entry -> entry.metadata().atime());
            case CTIME -> largestFirst(entry -> entry.metadata().ctime());
            case EXTENSION -> Comparator.comparing(EntryOrder::extension);
        };
        Comparator<Entry> definite = order.thenComparing(Entry::path);
        return reverse ? definite.reversed() : definite;
    }

    private static <T extends Comparable<T>> Comparator<Entry> largestFirst(Function<Entry, T> value) {
        return Comparator.comparing(value).reversed();
    }

    private static String extension(Entry entry) {
        String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    static final class Converter implements ITypeConverter<EntryOrder> {

        @Override
        public EntryOrder convert(String text) {
            String word = text.equals("mtime") ? "time" : text;
            return Arrays.stream(values())
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is not name, size, time, atime, ctime or extension".formatted(text)));
        }
    }
}
