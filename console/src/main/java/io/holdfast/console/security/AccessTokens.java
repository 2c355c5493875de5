package io.holdfast.console.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come in. The file holds either one plain token, whose holder is the local administrator (see
 * {@link TokenFile}), or a line {@code <sha256 of the token in hex> <name> <role>} for each holder. It is read again
 * when it changes; a file that has become unusable lets nobody in.
 */
final class AccessTokens {

    /** The name of the holder of a plain token. */
    static final String LOCAL = "local";

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64})\\s+([A-Za-z0-9][A-Za-z0-9._@-]{0,63})\\s+([a-z]+)");

    private final Path file;
    private Holders holders;

    /** Somebody who holds a token. */
    record Holder(String name, Role role, String sha256) {}

    private record Holders(@Nullable FileTime asOf, List<Holder> all) {}

    /**
     * Reads the file.
     *
     * @throws TokenFile.Unusable if it cannot be used: a console that nobody may enter does not start
     */
    AccessTokens(Path file) {
        this.file = file;
        this.holders = new Holders(changed(), read());
    }

    /** The holder of a token. Every line is compared, each in constant time. */
    Optional<Holder> holderOf(String token) {
        byte[] presented = sha256(token).getBytes(StandardCharsets.US_ASCII);
        Optional<Holder> found = Optional.empty();
        for (Holder holder : current()) {
            if (MessageDigest.isEqual(presented, holder.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(holder);
            }
        }
        return found;
    }

    private synchronized List<Holder> current() {
        FileTime now = changed();
        if (now == null || !now.equals(holders.asOf())) {
            holders = new Holders(now, readAgain());
        }
        return holders.all();
    }

    private List<Holder> readAgain() {
        try {
            return read();
        } catch (TokenFile.Unusable e) {
            log.error("HF-C01 Nobody can enter the console: {}", e.getMessage());
            return List.of();
        }
    }

    private @Nullable FileTime changed() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException _) {
            return null;
        }
    }

    private List<Holder> read() {
        List<String> lines = TokenFile.lines(file);
        if (lines.size() == 1 && !LINE.matcher(lines.getFirst()).matches()) {
            return List.of(new Holder(LOCAL, Role.ADMINISTRATOR, sha256(TokenFile.read(file))));
        }
        TokenFile.refuseOtherWriters(file);
        var holders = new ArrayList<Holder>();
        for (int i = 0; i < lines.size(); i++) {
            holders.add(holder(lines.get(i), i + 1));
        }
        if (holders.isEmpty()) {
            throw new TokenFile.Unusable(
                    "The token file %s names nobody. Add a line '<sha256> <name> <role>'.".formatted(file));
        }
        return holders;
    }

    private Holder holder(String line, int number) {
        Matcher matcher = LINE.matcher(line);
        Optional<Role> role = matcher.matches() ? Role.named(matcher.group(3)) : Optional.empty();
        if (role.isEmpty()) {
            throw new TokenFile.Unusable(
                    "Entry %d of the token file %s is not of the form '<sha256 of the token in hex> <name> <viewer|operator|administrator>'. Nobody was let in by it. Correct the entry."
                            .formatted(number, file));
        }
        return new Holder(matcher.group(2), role.get(), matcher.group(1));
    }

    static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
