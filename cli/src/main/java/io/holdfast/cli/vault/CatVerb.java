package io.holdfast.cli.vault;

import io.holdfast.cli.repository.FileKind;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Cat;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        description = {
            "Write a part of a repository to standard output, opened: JSON as it is stored, a blob's content.",
            "A pack stays sealed. masterkey is the secret that opens everything, now and for ever."
        })
final class CatVerb extends RepositoryVerb {

    private enum What {
        CONFIG,
        MASTERKEY,
        SNAPSHOT,
        INDEX,
        KEY,
        LOCK,
        PACK,
        BLOB,
        TREE
    }

    @Parameters(
            index = "0",
            paramLabel = "config|masterkey|snapshot|index|key|lock|pack|blob|tree",
            description = "What.")
    @SuppressWarnings("NullAway.Init")
    private What what;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "Its id, or how that begins; of a tree SNAPSHOT:PATH, of a blob the whole id.")
    private @Nullable String id;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected void prepare() {
        boolean alone = what == What.CONFIG || what == What.MASTERKEY;
        if (alone != (id == null)) {
            throw usage(alone ? "There is only one, which has no id." : "Which one? Give its id.");
        }
        if (what == What.PACK && surroundings().isStdoutTerminal()) {
            throw Code.TARGET_REFUSED.because(
                    "Will not write a pack, which is sealed, to a terminal. Nothing was changed. Redirect it: holdfast vault cat pack ID > FILE");
        }
    }

    @Override
    protected int run(Vault vault) throws Exception {
        byte[] content = content(vault, id == null ? "" : id);
        boolean isText = what != What.PACK && what != What.BLOB && content[content.length - 1] != '\n';
        BinaryOutput.write(surroundings(), out -> {
            out.write(content);
            if (isText) {
                out.write('\n');
            }
        });
        return ExitCodes.DONE;
    }

    private byte[] content(Vault vault, String id) throws Exception {
        Cat cat = vault.cat();
        return switch (what) {
            case CONFIG -> cat.config();
            case MASTERKEY -> cat.masterKey();
            case INDEX -> cat.index(FileKind.INDEX.choose(cat, id));
            case LOCK -> cat.lock(FileKind.LOCK.choose(cat, id));
            case KEY -> cat.key(KeyId.parse(FileKind.KEY.choose(cat, id)));
            case PACK -> cat.pack(PackId.parse(FileKind.PACK.choose(cat, id)));
            case BLOB -> cat.blob(blobId(id));
            case SNAPSHOT -> cat.snapshot(snapshot(vault, id));
            case TREE -> {
                SnapshotReference reference = SnapshotReference.parse(id);
                Snapshot chosen = options.choose(vault, reference);
                yield cat.tree(chosen.id(), reference.path());
            }
        };
    }

    /** Also where another snapshot file cannot be read. */
    private SnapshotId snapshot(Vault vault, String id) throws Exception {
        return id.matches("[0-9a-f]+")
                ? SnapshotId.parse(FileKind.SNAPSHOT.choose(vault.cat(), id))
                : options.choose(vault, SnapshotReference.parse(id)).id();
    }

    private BlobId blobId(String id) {
        try {
            return BlobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw usage("'%s' is no id of a blob: give all 64 digits.".formatted(Text.printable(id)));
        }
    }
}
