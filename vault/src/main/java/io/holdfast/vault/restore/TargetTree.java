package io.holdfast.vault.restore;

import io.holdfast.vault.files.TargetDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories below a restore's target. Each is opened from the one it lies in, and the target stays open, so no link
 * that someone plants meanwhile leads out of it. Some stay open for the next use. Safe for use by several threads.
 */
final class TargetTree implements Closeable {

    private static final int KEPT_OPEN = 128;

    /** Something done in an open directory, which must not be used afterwards. */
    interface Use<T> {
        T in(TargetDirectory directory) throws IOException;
    }

    /** As {@link Use}, without a result. */
    interface Act {
        void in(TargetDirectory directory) throws IOException;
    }

    private static final class Opened {

        private final TargetDirectory directory;
        private int users;

        Opened(TargetDirectory directory) {
            this.directory = directory;
        }
    }

    private final Place target;
    private final @Nullable Opened root;
    private final Map<Place, Opened> open = new LinkedHashMap<>(16, 0.75f, true);

    /** @param directory the target, which is taken over; null when there is none, and it is not to be made */
    TargetTree(Place target, @Nullable TargetDirectory directory) {
        this.target = target;
        root = directory == null ? null : new Opened(directory);
    }

    Place target() {
        return target;
    }

    <T> T at(Place place, Use<T> use) throws IOException {
        Opened opened = acquire(place);
        try {
            return use.in(opened.directory);
        } finally {
            release(opened);
        }
    }

    void in(Place place, Act act) throws IOException {
        at(place, directory -> {
            act.in(directory);
            return true;
        });
    }

    private synchronized Opened acquire(Place place) throws IOException {
        Deque<Place> closed = new ArrayDeque<>();
        Opened opened = null;
        for (Place at = place; opened == null; at = at.above()) {
            if (at == null) {
                throw new NoSuchFileException(target.toString());
            }
            opened = at == target ? root : open.get(at);
            if (opened == null) {
                closed.addFirst(at);
            }
        }
        for (Place next : closed) {
            opened = new Opened(opened.directory.open(next.name()));
            open.put(next, opened);
            closeEldest();
        }
        opened.users++;
        return opened;
    }

    private synchronized void release(Opened opened) {
        opened.users--;
    }

    private void closeEldest() {
        Iterator<Opened> eldest = open.values().iterator();
        for (int excess = open.size() - KEPT_OPEN; excess > 0 && eldest.hasNext(); excess--) {
            Opened next = eldest.next();
            if (next.users == 0) {
                next.directory.close();
                eldest.remove();
            }
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(opened -> opened.directory.close());
        open.clear();
        if (root != null) {
            root.directory.close();
        }
    }
}
