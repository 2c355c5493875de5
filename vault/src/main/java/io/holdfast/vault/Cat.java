package io.holdfast.vault;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.util.List;
import java.util.function.Consumer;

/** The parts of a repository as they are, opened, for whoever looks into it. JSON is given as it is stored. */
public final class Cat {

    private final Repository repository;
    private final Guard guard;

    Cat(Repository repository, Guard guard) {
        this.repository = repository;
        this.guard = guard;
    }

    public byte[] config() throws VaultException {
        return guard.run(
                "show the config of",
                () -> repository.key().open(repository.backend().load(Handle.CONFIG)));
    }

    /** The secret that opens everything, now and for ever. */
    public byte[] masterKey() {
        return KeyFile.masterJson(repository.key());
    }

    /** The names of all files of a type, in order. */
    public List<String> names(FileType type) throws VaultException {
        return guard.run(
                "list files of",
                () -> repository.backend().list(type).stream()
                        .map(file -> file.handle().name())
                        .sorted()
                        .toList());
    }

    /** Every blob that the index names, as often as it does. */
    public void blobs(Consumer<BlobKey> consumer) throws VaultException {
        guard.run("list the blobs of", () -> {
            repository
                    .index()
                    .refresh()
                    .packs()
                    .forEach(pack -> pack.blobs().forEach(blob -> consumer.accept(blob.key())));
            return true;
        });
    }

    /** @param name 64 hex digits */
    public byte[] index(String name) throws VaultException {
        return sealed(FileType.INDEX, name);
    }

    /** @param name 64 hex digits */
    public byte[] lock(String name) throws VaultException {
        return sealed(FileType.LOCK, name);
    }

    public byte[] snapshot(SnapshotId id) throws VaultException {
        return guard.run("show a snapshot of", () -> repository.snapshots().json(id));
    }

    public byte[] key(KeyId id) throws VaultException {
        return guard.run("show a key of", () -> new KeyRing(repository.backend()).load(id));
    }

    /** The stored bytes of a pack, sealed as they are. */
    public byte[] pack(PackId id) throws VaultException {
        return guard.run("show a pack of", () -> packs().load(id));
    }

    /** What a pack's own header says is in it. */
    public Pack packHeader(PackId id) throws VaultException {
        return guard.run("show a pack of", () -> packs().describe(id, packs().load(id)));
    }

    /** The content of a blob: data, or else a tree, of this id. */
    public byte[] blob(BlobId id) throws VaultException {
        return guard.run("show a blob of", () -> {
            BlobKey data = BlobKey.data(id);
            boolean isData = repository.index().refresh().contains(data);
            return repository.blobs().read(isData ? data : BlobKey.tree(id));
        });
    }

    /** The JSON of a directory of a snapshot. */
    public byte[] tree(SnapshotId id, String path) throws VaultException {
        return guard.run("show a tree of", () -> {
            BlobId tree = repository.snapshots().load(id).tree();
            repository.index().refresh();
            SnapshotPath at = parsed(path);
            if (!at.parts().isEmpty()) {
                tree = repository
                        .trees()
                        .find(tree, at)
                        .filter(Node::isDirectory)
                        .map(Node::subtree)
                        .orElseThrow(() -> noDirectory(path));
            }
            return repository.blobs().read(BlobKey.tree(tree));
        });
    }

    private SnapshotPath parsed(String path) throws VaultException {
        try {
            return SnapshotPath.parse(path);
        } catch (IllegalArgumentException e) {
            throw noDirectory(path);
        }
    }

    private static VaultException noDirectory(String path) {
        return new VaultException(
                VaultException.Code.NO_SUCH_PATH,
                "Cannot show %s: the snapshot holds no directory of this name. Give an absolute path as list shows it."
                        .formatted(path));
    }

    private byte[] sealed(FileType type, String name) throws VaultException {
        return guard.run("show a file of", () -> repository.files().load(new Handle(type, name)));
    }

    private PackReading packs() {
        return new PackReading(repository.backend(), repository.key());
    }
}
