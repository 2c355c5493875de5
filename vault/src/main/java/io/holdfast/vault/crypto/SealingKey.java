package io.holdfast.vault.crypto;

import io.holdfast.vault.model.DamagedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens content with AES-256 in counter mode and Poly1305-AES.
 *
 * <pre>
 * sealed = iv ciphertext tag
 * iv     = 16 random bytes: the first counter block, and the nonce of the tag
 * tag    = 16 bytes: Poly1305(r, AES-128(k, iv), ciphertext)
 * </pre>
 *
 * <p>A sealed blob is not bound to the place where it lies; what binds content is its SHA-256, so every reader hashes
 * what it has opened.
 */
public final class SealingKey {

    /** How much longer sealed content is than plain content. */
    public static final int OVERHEAD = 32;

    private static final int IV = 16;
    /** Small steps: a cold JVM compiles the cipher's loop only when it is entered often. */
    private static final int STEP = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] encrypt;
    private final byte[] k;
    private final byte[] r;
    private volatile boolean erased;
    private final ThreadLocal<Cipher> counter = ThreadLocal.withInitial(() -> cipher("AES/CTR/NoPadding"));
    private final ThreadLocal<Cipher> block = ThreadLocal.withInitial(() -> cipher("AES/ECB/NoPadding"));

    private SealingKey(byte[] encrypt, byte[] k, byte[] r) {
        this.encrypt = encrypt;
        this.k = k;
        this.r = r;
    }

    public static SealingKey random() {
        return of(randomBytes(64));
    }

    /** From 64 bytes: encryption key, then the two halves of the authentication key. */
    static SealingKey of(byte[] material) {
        return new SealingKey(
                Arrays.copyOfRange(material, 0, 32),
                Arrays.copyOfRange(material, 32, 48),
                Arrays.copyOfRange(material, 48, 64));
    }

    static SealingKey of(byte[] encrypt, byte[] k, byte[] r) {
        if (encrypt.length != 32 || k.length != 16 || r.length != 16) {
            throw new IllegalArgumentException("a key has 32, 16 and 16 bytes");
        }
        return new SealingKey(encrypt.clone(), k.clone(), r.clone());
    }

    String encodedEncrypt() {
        return encoded(encrypt);
    }

    String encodedK() {
        return encoded(k);
    }

    String encodedR() {
        return encoded(r);
    }

    private String encoded(byte[] part) {
        String text = Base64.getEncoder().encodeToString(part);
        mustBeWhole();
        return text;
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    public byte[] seal(byte[] plain) {
        byte[] sealed = new byte[plain.length + OVERHEAD];
        seal(plain, plain.length, sealed);
        return sealed;
    }

    /** Seals into a buffer with room for {@link #OVERHEAD} more bytes than there are plain ones. */
    public void seal(byte[] plain, int length, byte[] sealed) {
        byte[] iv = randomBytes(IV);
        System.arraycopy(iv, 0, sealed, 0, IV);
        crypt(iv, plain, 0, length, sealed, IV);
        byte[] tag = tag(iv, sealed, IV, length);
        mustBeWhole();
        System.arraycopy(tag, 0, sealed, IV + length, tag.length);
    }

    public byte[] open(byte[] sealed) throws DamagedException {
        return open(sealed, 0, sealed.length);
    }

    /** The plain content; a {@link DamagedException} when one bit is not as this key sealed it. */
    public byte[] open(byte[] sealed, int offset, int length) throws DamagedException {
        byte[] plain = new byte[Math.max(0, length - OVERHEAD)];
        open(sealed, offset, length, plain);
        return plain;
    }

    /** Opens into a buffer with room for {@link #OVERHEAD} fewer bytes; gives their number. */
    public int open(byte[] sealed, int offset, int length, byte[] plain) throws DamagedException {
        if (length < OVERHEAD) {
            throw new DamagedException("sealed content of %d bytes is too short".formatted(length));
        }
        if (length > sealed.length - offset) {
            throw new DamagedException(
                    "sealed content has %d bytes instead of %d".formatted(sealed.length - offset, length));
        }
        byte[] iv = Arrays.copyOfRange(sealed, offset, offset + IV);
        int plainLength = length - OVERHEAD;
        byte[] expected = tag(iv, sealed, offset + IV, plainLength);
        mustBeWhole();
        int tagAt = offset + IV + plainLength;
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, tagAt, tagAt + expected.length))) {
            throw new DamagedException("authentication code does not match");
        }
        crypt(iv, sealed, offset + IV, plainLength, plain, 0);
        mustBeWhole();
        return plainLength;
    }

    /**
     * Overwrites the key. Whoever seals or opens anything from then on, or is at it in another thread, gets an {@link
     * IllegalStateException}, and nothing that was sealed with a half of it.
     */
    public void erase() {
        erased = true;
        Arrays.fill(encrypt, (byte) 0);
        Arrays.fill(k, (byte) 0);
        Arrays.fill(r, (byte) 0);
    }

    /** Asked once the key has been used: erasing tells of itself before it begins. */
    private void mustBeWhole() {
        if (erased) {
            throw new IllegalStateException("the key has been erased: the vault was closed");
        }
    }

    private void crypt(byte[] iv, byte[] from, int fromAt, int length, byte[] to, int toAt) {
        try {
            Cipher cipher = counter.get();
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(encrypt, "AES"), new IvParameterSpec(iv));
            int done = 0;
            while (length - done > STEP) {
                done += cipher.update(from, fromAt + done, STEP, to, toAt + done);
            }
            cipher.doFinal(from, fromAt + done, length - done, to, toAt + done);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES in counter mode", e);
        }
    }

    private byte[] tag(byte[] iv, byte[] message, int offset, int length) {
        try {
            Cipher cipher = block.get();
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(k, "AES"));
            return Poly1305.tag(r, cipher.doFinal(iv), message, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + transformation, e);
        }
    }
}
