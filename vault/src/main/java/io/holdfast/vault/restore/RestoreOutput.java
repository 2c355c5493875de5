package io.holdfast.vault.restore;

import io.holdfast.vault.files.TargetFile;
import io.holdfast.vault.restore.RestoreSpec.Option;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a file's content is written: beside its place under a name of its own, or in the file that is there where that was
 * asked for. Made when first needed.
 */
final class RestoreOutput {

    private final WantedFile wanted;
    private @Nullable Name temporary;
    private @Nullable TargetFile open;

    RestoreOutput(WantedFile wanted) {
        this.wanted = wanted;
    }

    /** Whether it is another file than the one that has the name; known once it is open. */
    boolean isBeside() {
        return temporary != null;
    }

    /** Opens it, if it is not open. By any thread. */
    synchronized TargetFile open() throws IOException {
        TargetFile out = open;
        if (out == null) {
            out = isChangedInPlace() ? wanted.at(directory -> directory.write(wanted.name())) : create();
            open = out;
            if (wanted.chunks() > 1 || wanted.target().has(Option.SPARSE) || !isBeside()) {
                out.setSize(wanted.size());
            }
        }
        return out;
    }

    private boolean isChangedInPlace() {
        return wanted.target().has(Option.IN_PLACE) && wanted.mayChange();
    }

    private TargetFile create() throws IOException {
        return wanted.at(directory -> {
            Name chosen = Temporary.name();
            TargetFile made = directory.create(chosen);
            temporary = chosen;
            return made;
        });
    }

    /** Writes what a buffer begins with. By several threads at once, at different positions. */
    void write(byte[] buffer, int length, long position) throws IOException {
        TargetFile out = open();
        if (wanted.target().has(Option.SPARSE) && isBeside()) {
            Zeros.writeOthers(out, buffer, length, position);
        } else {
            out.write(buffer, 0, length, position);
        }
    }

    /** Gives it its attributes; nothing is written to it any more. */
    void finish() throws IOException {
        TargetFile out = open();
        wanted.target().attributes().apply(out, wanted.node().metadata(), wanted.path());
        out.close();
        open = null;
    }

    /** Returns when what was finished survives a power loss, under whatever name it has. */
    void sync() throws IOException {
        Name written = temporary == null ? wanted.name() : temporary;
        wanted.in(directory -> {
            try (TargetFile file = directory.write(written)) {
                file.sync();
            }
        });
    }

    /** Gives it the name that is wanted. */
    void place() throws IOException {
        Name written = temporary;
        if (written != null) {
            Metadata now = wanted.now();
            if (now != null && now.type() == NodeType.DIR) {
                wanted.level().makeWay(wanted.name());
            }
            wanted.in(directory -> directory.rename(written, wanted.name()));
            temporary = null;
            wanted.level().changed();
        }
    }

    /** Takes away what did not come to its place. Nobody may be writing any more. */
    void discard() {
        TargetFile left = open;
        if (left != null) {
            left.close();
            open = null;
        }
        Name written = temporary;
        if (written != null) {
            temporary = null;
            try {
                wanted.in(directory -> directory.remove(written));
            } catch (IOException e) {
                wanted.target().findings().problem(wanted.level().place().shown(written), e);
            }
        }
    }
}
