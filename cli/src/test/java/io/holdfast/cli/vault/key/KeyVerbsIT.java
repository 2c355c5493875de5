package io.holdfast.cli.vault.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.vault.VaultBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyVerbsIT extends VaultBench {

    private Path newPassword() throws IOException {
        return Files.writeString(temp.resolve("new"), "battery staple\n");
    }

    @Test
    void addsAPasswordAndRemovesTheOther() throws IOException {
        vault("init");
        Path added = newPassword();
        Outcome saved = vault("key", "add", "--new-password-file", added.toString(), "--user", "joe", "--host", "h");
        assertThat(saved.out()).startsWith("saved new key with ID ");
        JsonNode keys = vault("key", "list", "--json").json();
        assertThat(keys).hasSize(2);
        JsonNode joe = keys.get(keys.get(0).path("current").booleanValue() ? 1 : 0);
        JsonNode ours = keys.get(keys.get(0).path("current").booleanValue() ? 0 : 1);
        assertThat(joe.path("userName").stringValue()).isEqualTo("joe");
        assertThat(joe.path("hostName").stringValue()).isEqualTo("h");
        assertThat(vault("key", "list").out().lines())
                .hasSize(3)
                .anyMatch(line ->
                        line.startsWith("*  " + ours.path("id").stringValue().substring(0, 8)));
        String start = ours.path("id").stringValue().substring(0, 12);
        Outcome inUse = vault("key", "remove", start);
        assertThat(inUse.code()).isEqualTo(1);
        assertThat(inUse.err()).startsWith("HF-V13 ");
        cli.with("HOLDFAST_PASSWORD", "battery staple");
        assertThat(vault("key", "remove", start).out())
                .isEqualTo("removed key " + ours.path("id").stringValue() + "\n");
        assertThat(cli.with("HOLDFAST_PASSWORD", PASSWORD)
                        .run("vault", "key", "list")
                        .code())
                .isEqualTo(12);
    }

    @Test
    void changesThePasswordInUse() throws IOException {
        vault("init");
        assertThat(vault("key", "passwd", "--new-password-file", newPassword().toString(), "--json")
                        .json()
                        .path("id")
                        .stringValue())
                .hasSize(64);
        assertThat(vault("key", "list").code()).isEqualTo(12);
        assertThat(cli.with("HOLDFAST_PASSWORD", "battery staple")
                        .run("vault", "key", "list", "--json")
                        .json())
                .hasSize(1);
    }

    @Test
    void asksForANewPasswordTwice() {
        vault("init");
        cli.surroundings.typed.add("one");
        cli.surroundings.typed.add("another");
        assertThat(vault("key", "add").err()).startsWith("HF-L06 The two passwords differ.");
        assertThat(vault("key", "add").err()).startsWith("HF-L06 ").contains("--new-password-file");
        cli.surroundings.typed.add("one");
        cli.surroundings.typed.add("one");
        assertThat(vault("key", "add").code()).isZero();
    }

    @Test
    void removesNoKeyThatItCannotTell() {
        vault("init");
        assertThat(vault("key", "remove", "zz").err()).startsWith("HF-L17 ").contains("'zz'");
    }

    @Test
    void takesThePasswordThatACommandPrints() {
        vault("init");
        cli.with("HOLDFAST_PASSWORD", "");
        assertThat(vault("snapshots", "--password-command", "echo ' correct'' horse'")
                        .code())
                .isZero();
        assertThat(vault("snapshots", "--password-command", "exit 4").err())
                .startsWith("HF-L06 ")
                .contains("'exit 4'");
        cli.with("RESTIC_PASSWORD_COMMAND", "printf 'correct horse'");
        assertThat(vault("snapshots").code()).isZero();
    }
}
