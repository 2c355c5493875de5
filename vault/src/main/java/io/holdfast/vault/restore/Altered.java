package io.holdfast.vault.restore;

import io.holdfast.vault.repository.Self;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is not as it was, though nothing failed and all content is back: files are given to others only where owners are
 * set, and rights are lent and devices made only where that is asked for.
 *
 * @param owners what belongs to whoever restored it, and whose it was
 * @param rights what lacks setuid or setgid bits or capabilities that it had
 * @param devices what is not there
 */
public record Altered(Some owners, Some rights, Some devices) {

    public static final Altered NOTHING = new Altered(Some.NONE, Some.NONE, Some.NONE);

    /**
     * Files, directories and links.
     *
     * @param first of them, a few
     */
    public record Some(long count, List<String> first) {

        static final Some NONE = new Some(0, List.of());

        private static final int SHOWN = 3;

        public Some {
            first = List.copyOf(first.size() > SHOWN ? first.subList(0, SHOWN) : first);
        }

        Some plus(Supplier<String> one) {
            return first.size() < SHOWN ? plus(new Some(1, List.of(one.get()))) : new Some(count + 1, first);
        }

        Some plus(Some other) {
            var all = new ArrayList<>(first);
            all.addAll(other.first);
            return new Some(count + other.count, all);
        }

        private Optional<String> text(String one, String many, String what) {
            if (count == 0) {
                return Optional.empty();
            }
            String shown = String.join(", ", first) + (count > first.size() ? ", …" : "");
            return Optional.of("%d %s %s (%s)".formatted(count, count == 1 ? one : many, what, shown));
        }
    }

    public Altered plus(Altered other) {
        return new Altered(owners.plus(other.owners), rights.plus(other.rights), devices.plus(other.devices));
    }

    Altered withOwner(Object path, long uid, long gid) {
        return new Altered(owners.plus(() -> "%s of %d:%d".formatted(path, uid, gid)), rights, devices);
    }

    Altered withoutRights(Object path) {
        return new Altered(owners, rights.plus(path::toString), devices);
    }

    Altered withoutDevice(Object path) {
        return new Altered(owners, rights, devices.plus(path::toString));
    }

    /** Of the owners, for an operator, without a full stop; empty if all have theirs. */
    public Optional<String> ofOthers() {
        return owners.text(
                "file or directory belongs",
                "files or directories belong",
                "to UID %d, and not to the owner of before".formatted(Self.UID));
    }

    /** Of the rights, for an operator, without a full stop; empty if none is lost. */
    public Optional<String> withoutRights() {
        return rights.text(
                "file or directory is",
                "files or directories are",
                "without the setuid or setgid bits or capabilities of before");
    }

    /** Of the devices, for an operator, without a full stop; empty if none is missing. */
    public Optional<String> withoutDevices() {
        return devices.text("device was", "devices were", "not made");
    }
}
