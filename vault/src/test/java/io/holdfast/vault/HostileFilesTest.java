package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.lock.LockFile;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.TreeJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a file of the repository says: it is understood, or it is damage. Nothing else is thrown. */
class HostileFilesTest {

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

    private interface Parser {
        Object parse(byte[] bytes) throws DamagedException;
    }

    @Property(tries = 3000)
    void treesAreReadOrDamaged(@ForAll long seed) {
        understands(TreeJson::read, mutated(TREE, seed));
    }

    @Property(tries = 3000)
    void indexFilesAreReadOrDamaged(@ForAll long seed) {
        understands(IndexFile::read, mutated(INDEX, seed));
    }

    @Property(tries = 2000)
    void locksAreReadOrDamaged(@ForAll long seed) {
        understands(LockFile::read, mutated(LOCK, seed));
    }

    @Property(tries = 2000)
    void keyFilesAreReadOrDamaged(@ForAll long seed) {
        understands(KeyFile::label, mutated(KEY, seed));
    }

    @Property(tries = 20)
    void depthAndLengthAreBounded(@ForAll long seed) {
        int depth = 1 + new Random(seed).nextInt(200_000);
        for (String deep : new String[] {"[", "{\"nodes\":[", "{\"packs\":[{\"blobs\":[", "{\"a\":"}) {
            byte[] bytes = deep.repeat(depth).getBytes(StandardCharsets.UTF_8);
            understands(TreeJson::read, bytes);
            understands(IndexFile::read, bytes);
            understands(LockFile::read, bytes);
            understands(KeyFile::label, bytes);
        }
    }

    private static void understands(Parser parser, byte[] bytes) {
        try {
            assertThat(parser.parse(bytes)).isNotNull();
        } catch (DamagedException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** Bytes changed, left out, repeated and put in, now and then at a place where the grammar takes them. */
    private static byte[] mutated(String valid, long seed) {
        Random random = new Random(seed);
        byte[] bytes = valid.strip().getBytes(StandardCharsets.UTF_8);
        byte[][] words = {
            bytes("null"),
            bytes("-1"),
            bytes("1e999"),
            bytes("99999999999999999999"),
            bytes("[]"),
            bytes("{}"),
            bytes("\"\""),
            bytes("\\u0000"),
            bytes("\ud83d\ude00"),
            bytes("true"),
            bytes(","),
            new byte[] {(byte) 0xff}
        };
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 3 : 30));
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> words[random.nextInt(words.length)];
                case 1 -> HardCases.random(seed + change, random.nextInt(4));
                case 2 -> Arrays.copyOfRange(bytes, random.nextInt(from + 1), from);
                default -> new byte[0];
            };
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, from);
            out.writeBytes(middle);
            out.write(bytes, to, bytes.length - to);
            out.write(' ');
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
