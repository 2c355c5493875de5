package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {

    @TempDir
    private Path directory;

    private static Secret resolve(SecretReference reference) {
        return reference.resolve(Map.of("SET", "from the environment", "EMPTY", "")::get);
    }

    private SecretReference.File file(String content, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return new SecretReference.File(file);
    }

    private static void fails(SecretReference reference, String code, String why) {
        assertThatThrownBy(() -> resolve(reference))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageStartingWith(code)
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:PASSWORD", "file:/run/secrets/password"})
    void comesBackAsItWentOut(String wire) {
        assertThat(SecretReference.parse(wire).wire()).isEqualTo(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "env:", "env:hunter2!", "file:hunter2", "ENV:hunter2", ""})
    void refusesSecretsThemselvesWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> SecretReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void readsTheEnvironment() {
        assertThat(resolve(SecretReference.parse("env:SET")).value()).isEqualTo("from the environment");
        fails(SecretReference.parse("env:UNSET"), "HF-P41", "UNSET is not set");
        fails(SecretReference.parse("env:EMPTY"), "HF-P43", "env:EMPTY is empty");
    }

    @Test
    void readsAFileWithoutTheLineBreakAtItsEnd() throws IOException {
        Secret secret = resolve(file(" hunter2 \n", "rw-------"));
        assertThat(secret.value()).isEqualTo(" hunter2 ");
        assertThat(secret.warnings()).isEmpty();
        assertThat(secret).hasToString("***");
    }

    @Test
    void warnsOfAFileThatOthersCanRead() throws IOException {
        assertThat(resolve(file("hunter2", "rw-r-----")).warnings())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("hunter2");
    }

    @Test
    void saysWhyAFileGivesNoSecret() throws IOException {
        fails(new SecretReference.File(directory.resolve("none")), "HF-P42", "does not exist");
        fails(new SecretReference.File(directory), "HF-P42", "is not a regular file");
        fails(file("\n", "rw-------"), "HF-P43", "is empty");
        fails(file("x".repeat(70_000), "rw-------"), "HF-P42", "larger than 64 KiB");
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        fails(new SecretReference.File(directory.resolve("binary")), "HF-P42", "UTF-8");
    }
}
