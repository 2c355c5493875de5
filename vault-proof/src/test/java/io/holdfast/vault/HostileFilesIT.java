package io.holdfast.vault;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.lock.LockFile;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.PackHeader;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.TreeJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a file of the repository says: it is understood, or it is damage. Nothing else is thrown. */
class HostileFilesIT {

    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String TREE = """
            {"nodes":[{"name":"a\\\\xff","type":"file","mode":420,"mtime":"2026-01-02T03:04:05.6Z",\
            "atime":"2026-01-02T03:04:05.6Z","ctime":"2026-01-02T03:04:05.6Z","uid":0,"gid":4294967295,"user":"root",\
            "inode":18446744073709551615,"size":3,"links":1,"extended_attributes":[{"name":"user.a","value":"AA=="}],\
            "content":["%1$s"]},{"name":"b","type":"dir","mode":2147484141,"mtime":"2026-01-02T03:04:05+01:00",\
            "content":null,"subtree":"%1$s"},{"name":"c","type":"symlink","mtime":"2026-01-02T03:04:05Z",\
            "linktarget":"x","linktarget_raw":"/w==","content":null}]}
            """.formatted(ID);
    private static final String INDEX = """
            {"packs":[{"id":"%1$s","blobs":[{"id":"%1$s","type":"data","offset":0,"length":123,\
            "uncompressed_length":456},{"id":"%1$s","type":"tree","offset":123,"length":99}]}]}
            """.formatted(ID);
    private static final String LOCK = """
            {"time":"2026-01-02T03:04:05.6Z","exclusive":false,"hostname":"h","username":"u","pid":17,"uid":1,"gid":2}
            """;
    private static final String KEY = """
            {"created":"2026-01-02T03:04:05.6Z","username":"u","hostname":"h","kdf":"scrypt","N":32768,"r":8,"p":1,\
            "salt":"AAAA","data":"AAAA"}
            """;

    private static final String SNAPSHOT = """
            {"time":"2026-01-02T03:04:05.6+01:00","parent":"%1$s","tree":"%1$s","paths":["/a"],"hostname":"h","username":"u",\
            "uid":1,"gid":2,"excludes":["*.o"],"tags":["t"],"original":"%1$s","program_version":"restic 0.18.0",\
            "summary":{"backup_start":"2026-01-02T03:04:05Z","backup_end":"2026-01-02T03:04:06Z","files_new":1,\
            "data_added":18446744073709551615}}
            """.formatted(ID);
    private static final String CONFIG = """
            {"version":2,"id":"%1$s","chunker_polynomial":"3DA3358B4DC173"}
            """.formatted(ID);
    private static final String SALT = Base64.getEncoder().encodeToString(new byte[64]);
    private static final SealingKey SEALING = SealingKey.random();

    @Property(tries = 1000)
    void treesAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(TreeJson::read, Hostile.mutated(TREE, seed));
    }

    @Property(tries = 1000)
    void indexFilesAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(IndexFile::read, Hostile.mutated(INDEX, seed));
    }

    @Property(tries = 1000)
    void locksAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(LockFile::read, Hostile.mutated(LOCK, seed));
    }

    @Property(tries = 1000)
    void keyFilesAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(KeyFile::label, Hostile.mutated(KEY, seed));
    }

    @Property(tries = 500)
    void snapshotsAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(HostileFilesIT::snapshot, Hostile.mutated(SNAPSHOT, seed));
    }

    @Property(tries = 1000)
    void configsAreReadOrDamaged(@ForAll long seed) {
        Hostile.understands(json -> RepositoryConfig.open(SEALING, SEALING.seal(json)), Hostile.mutated(CONFIG, seed));
    }

    @Property(tries = 300)
    void keyFilesOpenOrNotOrAreDamaged(@ForAll long seed) {
        String cheap = KEY.replace("32768", "16").replace("\"salt\":\"AAAA\"", "\"salt\":\"%s\"".formatted(SALT));
        Hostile.understands(file -> KeyFile.open(file, new byte[3]), Hostile.mutated(cheap, seed));
    }

    /** Where only an owner of the key can come, since it is authenticated. */
    @Property(tries = 1000)
    void whatIsSealedIsReadOrDamaged(@ForAll long seed) {
        byte[] frame = Compression.compress(INDEX.repeat(1 + (int) (seed & 7)).getBytes(StandardCharsets.UTF_8));
        byte[] marked = new byte[1 + frame.length];
        marked[0] = 2;
        System.arraycopy(frame, 0, marked, 1, frame.length);
        SealedFiles files = new SealedFiles(new MemoryBackend(), SEALING, Compression.Level.AUTO);
        Handle handle = new Handle(FileType.INDEX, ID);
        Hostile.understands(plain -> files.open(handle, SEALING.seal(plain)), Hostile.flipped(marked, seed));
        Hostile.understands(bytes -> files.open(handle, bytes), Hostile.flipped(SEALING.seal(marked), seed));
    }

    @Property(tries = 1000)
    void framesAreReadOrDamaged(@ForAll long seed) {
        byte[] content = HardCases.random(seed, (int) (seed & 0x3fff));
        Arrays.fill(content, 0, content.length / 2, (byte) 7);
        byte[] frame = Hostile.flipped(Compression.compress(content), seed);
        int other = new Random(seed).nextInt(1 << 23);
        Hostile.understands(bytes -> Compression.decompress(bytes, (seed & 1) == 0 ? content.length : other), frame);
        Hostile.understands(bytes -> Compression.decompress(bytes, Integer.MAX_VALUE - other), frame);
    }

    @Property(tries = 1000)
    void packHeadersAreReadOrDamaged(@ForAll long seed) {
        Random random = new Random(seed);
        ByteBuffer entries = ByteBuffer.allocate(3 * 41).order(ByteOrder.LITTLE_ENDIAN);
        entries.put((byte) 0).putInt(100).put(new byte[32]);
        entries.put((byte) 3).putInt(50).putInt(200).put(new byte[32]);
        entries.put((byte) 2).putInt(random.nextInt()).putInt(random.nextInt()).put(new byte[32]);
        byte[] header =
                SEALING.seal(Hostile.flipped(Arrays.copyOf(entries.array(), random.nextBoolean() ? 78 : 119), seed));
        byte[] pack = ByteBuffer.allocate(150 + header.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(150)
                .put(header)
                .putInt(header.length)
                .array();
        Hostile.understands(bytes -> PackHeader.read(SEALING, bytes), pack);
        Hostile.understands(bytes -> PackHeader.read(SEALING, bytes), Hostile.flipped(pack, seed));
    }

    @Property(tries = 1000)
    void anyBytesAreDamaged(@ForAll long seed) {
        byte[] any = HardCases.random(seed, new Random(seed).nextInt(600));
        Hostile.understands(TreeJson::read, any);
        Hostile.understands(IndexFile::read, any);
        Hostile.understands(LockFile::read, any);
        Hostile.understands(KeyFile::label, any);
        Hostile.understands(HostileFilesIT::snapshot, any);
        Hostile.understands(bytes -> KeyFile.open(bytes, any), any);
        Hostile.understands(bytes -> RepositoryConfig.open(SEALING, bytes), any);
        Hostile.understands(bytes -> PackHeader.read(SEALING, bytes), any);
        Hostile.understands(bytes -> Compression.decompress(bytes, 1000), any);
    }

    @Property(tries = 20)
    void depthAndLengthAreBounded(@ForAll long seed) {
        int depth = 1 + new Random(seed).nextInt(200_000);
        for (String deep : new String[] {"[", "{\"nodes\":[", "{\"packs\":[{\"blobs\":[", "{\"a\":"}) {
            byte[] bytes = deep.repeat(depth).getBytes(StandardCharsets.UTF_8);
            Hostile.understands(TreeJson::read, bytes);
            Hostile.understands(IndexFile::read, bytes);
            Hostile.understands(LockFile::read, bytes);
            Hostile.understands(KeyFile::label, bytes);
            Hostile.understands(HostileFilesIT::snapshot, bytes);
        }
    }

    private static Snapshot snapshot(byte[] json) throws DamagedException {
        try {
            MemoryBackend backend = new MemoryBackend();
            SealedFiles files = new SealedFiles(backend, SEALING, Compression.Level.AUTO);
            Handle stored = files.store(FileType.SNAPSHOT, json);
            return new SnapshotFiles(backend, files).load(SnapshotId.parse(stored.name()));
        } catch (BackendException e) {
            throw new IllegalStateException(e);
        }
    }
}
