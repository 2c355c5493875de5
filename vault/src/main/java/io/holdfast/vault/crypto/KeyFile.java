package io.holdfast.vault.crypto;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A key file: the master key, sealed with a key derived from a password. Plain JSON, so whoever reads it can guess
 * passwords; scrypt makes each guess expensive.
 */
public final class KeyFile {

    private static final int N = KeyCost.found().n();

    private static final int R = 8;
    private static final int P = 1;
    private static final int SALT_BYTES = 64;
    /** Four times what restic uses at most. The file is not authenticated, so anybody at the place can write one. */
    private static final long MOST_WORK = 1L << 28;

    private static final long MOST_MEMORY = Runtime.getRuntime().maxMemory() / 2;

    private KeyFile() {}

    /** The bytes of a new key file. */
    public static byte[] write(SealingKey master, byte[] password, Instant created, String username, String hostname) {
        byte[] salt = SealingKey.randomBytes(SALT_BYTES);
        byte[] inner = masterJson(master);
        SealingKey user = derive(password, salt, N, R, P);
        byte[] sealed = user.seal(inner);
        user.erase();
        Arrays.fill(inner, (byte) 0);
        Base64.Encoder base64 = Base64.getEncoder();
        return new JsonText()
                .open('{')
                .field("created", created)
                .field("username", username)
                .field("hostname", hostname)
                .field("kdf", "scrypt")
                .field("N", N)
                .field("r", R)
                .field("p", P)
                .field("salt", base64.encodeToString(salt))
                .field("data", base64.encodeToString(sealed))
                .close('}')
                .utf8();
    }

    /** The master key in the clear, as it lies sealed within a key file. */
    public static byte[] masterJson(SealingKey master) {
        return new JsonText()
                .open('{')
                .key("mac")
                .open('{')
                .field("k", master.encodedK())
                .field("r", master.encodedR())
                .close('}')
                .field("encrypt", master.encodedEncrypt())
                .close('}')
                .utf8();
    }

    /** What a key file tells without its password. */
    public record Label(Instant created, String username, String hostname) {}

    /** For whom a key file was made. Damage that only its password would show is not noticed. */
    public static Label label(byte[] file) throws DamagedException {
        JsonObject json = JsonObject.parse(file, "the key file");
        return new Label(json.time("created"), json.string("username", ""), json.string("hostname", ""));
    }

    /** The master key, or nothing when the password is not this file's. */
    public static Optional<SealingKey> open(byte[] file, byte[] password) throws DamagedException {
        JsonObject json = JsonObject.parse(file, "the key file");
        if (!json.string("kdf").equals("scrypt")) {
            throw new DamagedException("key derivation '%s' is unknown".formatted(json.string("kdf")));
        }
        int n = json.number("N", 2, 1 << 24);
        int r = json.number("r", 1, 1024);
        int p = json.number("p", 1, 1024);
        byte[] salt = json.parsed("salt", Base64.getDecoder()::decode);
        byte[] sealed = json.parsed("data", Base64.getDecoder()::decode);
        long memory = 128L * n * r;
        if (Integer.bitCount(n) != 1 || salt.length != SALT_BYTES || memory * p > MOST_WORK) {
            throw new DamagedException("key derivation parameters are out of bounds");
        }
        if (memory > MOST_MEMORY) {
            throw new DamagedException("takes %d MiB of memory to open, and this process can spare %d"
                    .formatted(memory >> 20, MOST_MEMORY >> 20));
        }
        SealingKey user = derive(password, salt, n, r, p);
        byte[] inner;
        try {
            inner = user.open(sealed);
        } catch (DamagedException otherPassword) {
            return Optional.empty();
        } finally {
            user.erase();
        }
        JsonObject key = JsonObject.parse(inner, "the sealed key");
        Arrays.fill(inner, (byte) 0);
        JsonObject mac = key.object("mac");
        try {
            return Optional.of(SealingKey.of(
                    key.parsed("encrypt", Base64.getDecoder()::decode),
                    mac.parsed("k", Base64.getDecoder()::decode),
                    mac.parsed("r", Base64.getDecoder()::decode)));
        } catch (IllegalArgumentException e) {
            throw new DamagedException("the sealed key has a wrong length", e);
        }
    }

    private static SealingKey derive(byte[] password, byte[] salt, int n, int r, int p) {
        byte[] material = Scrypt.derive(password, salt, n, r, p, 64);
        SealingKey key = SealingKey.of(material);
        Arrays.fill(material, (byte) 0);
        return key;
    }
}
