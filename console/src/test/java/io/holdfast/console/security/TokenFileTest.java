package io.holdfast.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    @TempDir
    private Path directory;

    @Test
    void makesATokenThatOnlyItsOwnerCanRead() throws IOException {
        Path file = directory.resolve("data/token");
        String token = TokenFile.create(file);

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(TokenFile.read(file)).isEqualTo(token);
        assertThat(directory.resolve("data"))
                .isDirectoryContaining(file::equals)
                .satisfies(d -> assertThat(Files.list(d)).hasSize(1));
    }

    @Test
    void keepsATokenThatIsThere() throws IOException {
        Path file = directory.resolve("token");

        assertThat(TokenFile.create(file)).isEqualTo(TokenFile.create(file));
    }

    @Test
    void refusesATokenThatOthersCanRead() throws IOException {
        Path file = directory.resolve("token");
        String token = TokenFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> TokenFile.read(file))
                .isInstanceOf(TokenFile.Unusable.class)
                .hasMessageContaining("chmod 600")
                .message()
                .doesNotContain(token);
    }

    @Test
    void theHolderOfAPlainTokenIsTheAdministrator() throws IOException {
        Path file = directory.resolve("token");
        String token = TokenFile.create(file);
        var tokens = new AccessTokens(file);

        assertThat(tokens.holderOf(token)).map(AccessTokens.Holder::role).contains(Role.ADMINISTRATOR);
        assertThat(tokens.holderOf(token + "x")).isEmpty();
    }

    @Test
    void hashesMayBeReadByAllButNotWritten() throws IOException {
        Path file = directory.resolve("tokens");
        Files.writeString(file, "# who may come in\n%s ada viewer\n".formatted(AccessTokens.sha256("a-token")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new AccessTokens(file).holderOf("a-token"))
                .map(AccessTokens.Holder::name)
                .contains("ada");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThatThrownBy(() -> new AccessTokens(file)).isInstanceOf(TokenFile.Unusable.class);
    }

    @Test
    void aRemovedHolderIsOutAtOnceAndABrokenFileLetsNobodyIn() throws IOException {
        Path file = directory.resolve("tokens");
        Files.writeString(
                file,
                "%s ada viewer%n%s bob operator%n"
                        .formatted(AccessTokens.sha256("token-a"), AccessTokens.sha256("token-b")));
        var tokens = new AccessTokens(file);
        Files.writeString(file, "%s bob operator%n".formatted(AccessTokens.sha256("token-b")));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(tokens.holderOf("token-a")).isEmpty();
        assertThat(tokens.holderOf("token-b")).isPresent();

        Files.writeString(file, "not a holder at all, by any means\nnor is this\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
        assertThat(tokens.holderOf("token-b")).isEmpty();
    }

    @Test
    void refusesARoleThatDoesNotExistWithoutRepeatingTheLine() throws IOException {
        Path file = directory.resolve("tokens");
        Files.writeString(file, "%s ada root%n%s bob viewer%n".formatted("a".repeat(64), "b".repeat(64)));

        assertThatThrownBy(() -> new AccessTokens(file))
                .hasMessageContaining("Entry 1")
                .message()
                .doesNotContain("aaaa");
    }
}
