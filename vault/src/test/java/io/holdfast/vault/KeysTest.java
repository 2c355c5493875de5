package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.VaultException.Code;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final Password FIRST = Password.of("first");
    private static final Password SECOND = Password.of("second");

    private final MemoryBackend backend = new MemoryBackend();
    private Vault vault;
    private KeyId first;

    @BeforeEach
    void oneKey() throws IOException {
        vault = Vault.init(backend, FIRST, Duration.ZERO);
        first = vault.keys().list().getFirst().id();
    }

    @Test
    void addsAPasswordThatOpensTheSameRepository() throws IOException {
        KeyId second = vault.keys().add(SECOND, "backup", "attic");
        try (Vault again = open(SECOND)) {
            assertThat(again.id()).isEqualTo(vault.id());
            assertThat(again.keys().list())
                    .anySatisfy(key -> assertThat(key).isInstanceOfSatisfying(Keys.Key.Usable.class, usable -> {
                        assertThat(usable.id()).isEqualTo(second);
                        assertThat(usable.username()).isEqualTo("backup");
                        assertThat(usable.hostname()).isEqualTo("attic");
                        assertThat(usable.current()).isTrue();
                    }));
        }
        assertThat(vault.keys().list()).hasSize(2);
    }

    @Test
    void removesAnyPasswordButTheOneInUse() throws IOException {
        KeyId second = vault.keys().add(SECOND);
        refuses(() -> vault.keys().remove(first));
        refuses(() -> vault.keys().remove(KeyId.ofContent(new byte[0])));
        vault.keys().remove(second);
        assertThat(vault.keys().list()).hasSize(1);
        assertThatThrownBy(() -> open(SECOND)).hasMessageStartingWith(Code.WRONG_PASSWORD.text());
    }

    @Test
    void neverRemovesTheLastPasswordThatWorks() throws IOException {
        KeyId second = vault.keys().add(SECOND);
        backend.delete(handle(first));
        refuses(() -> vault.keys().remove(second));
        open(SECOND).close();
    }

    @Test
    void replacesThePasswordInUse() throws IOException {
        KeyId changed = vault.keys().changePassword(SECOND);
        assertThat(backend.handles()).contains(handle(changed)).doesNotContain(handle(first));
        assertThatThrownBy(() -> open(FIRST)).hasMessageStartingWith(Code.WRONG_PASSWORD.text());
        open(SECOND).close();
        refuses(() -> vault.keys().remove(changed));
    }

    @Test
    void keepsTheOldPasswordWhenTheNewOneDoesNotReadBack() throws IOException {
        FaultyBackend faulty = new FaultyBackend(backend);
        try (Vault again = Vault.open(faulty, FIRST, Duration.ZERO)) {
            faulty.on(Trigger.of(Operation.STORE, FileType.KEY), new Fault.Truncated(40));
            assertThatThrownBy(() -> again.keys().changePassword(SECOND)).hasMessageStartingWith(Code.DAMAGED.text());
        }
        open(FIRST).close();
        assertThat(vault.keys().list()).hasSize(1);
    }

    @Test
    void keepsBothPasswordsWhenItIsCutOffBetween() throws IOException {
        FaultyBackend faulty = new FaultyBackend(backend);
        try (Vault again = Vault.open(faulty, FIRST, Duration.ZERO)) {
            faulty.on(Trigger.of(Operation.DELETE, FileType.KEY), new Fault.Failure(Kind.UNREACHABLE));
            assertThatThrownBy(() -> again.keys().changePassword(SECOND))
                    .hasMessageStartingWith(Code.UNREACHABLE.text());
        }
        open(FIRST).close();
        open(SECOND).close();
    }

    @Test
    void opensPastADamagedKeyFile() throws IOException {
        KeyId second = vault.keys().add(SECOND);
        byte[] good = backend.load(handle(first));
        for (byte[] bad :
                new byte[][] {{}, Arrays.copyOf(good, good.length / 2), "{}".getBytes(StandardCharsets.UTF_8)}) {
            backend.corrupt(handle(first), bad);
            open(SECOND).close();
            assertThatThrownBy(() -> open(FIRST))
                    .hasMessageStartingWith(Code.WRONG_PASSWORD.text())
                    .hasMessageContaining("keys/" + first);
        }
        assertThat(vault.keys().list())
                .anySatisfy(key -> assertThat(key).isInstanceOf(Keys.Key.Damaged.class))
                .anySatisfy(key -> assertThat(key.id()).isEqualTo(second));
        backend.delete(handle(second));
        assertThatThrownBy(() -> open(FIRST)).hasMessageStartingWith(Code.DAMAGED.text());
    }

    @Test
    void refusesADerivationThatWouldTakeTheWholeMachine() throws IOException {
        String good = new String(backend.load(handle(first)), StandardCharsets.UTF_8)
                .replaceFirst("\"N\":[0-9]+", "\"N\":32768");
        backend.delete(handle(first));
        for (String bad : new String[] {
            good.replace("\"N\":32768", "\"N\":16777216"),
            good.replace("\"N\":32768", "\"N\":32767"),
            good.replace("\"p\":1", "\"p\":1024"),
            good.replace("\"r\":8", "\"r\":1000000"),
            good.replace("\"kdf\":\"scrypt\"", "\"kdf\":\"plain\"")
        }) {
            assertThat(bad).isNotEqualTo(good);
            byte[] file = bad.getBytes(StandardCharsets.UTF_8);
            backend.store(new Handle(FileType.KEY, Digest.ofContent(file).toString()), file);
        }
        assertThatThrownBy(() -> open(FIRST)).hasMessageStartingWith(Code.DAMAGED.text());
    }

    @Test
    void triesTheHintedKeyFirst() throws IOException {
        KeyId second = vault.keys().add(SECOND);
        FaultyBackend faulty = new FaultyBackend(backend);
        Vault.open(faulty, SECOND, VaultOptions.DEFAULT.withKeyHint(second.shortForm()))
                .close();
        assertThat(faulty.calls().stream()
                        .filter(call -> call.file().startsWith("keys/"))
                        .map(FaultyBackend.Call::file))
                .containsExactly(handle(second).path());
        open(SECOND, VaultOptions.DEFAULT.withKeyHint("beef")).close();
    }

    @Test
    void triesAtMostTwentyKeysAndSaysSo() throws IOException {
        KeyId second = vault.keys().add(SECOND);
        int others = 0;
        while (backend.handles().stream().filter(each -> isBefore(each, second)).count() < 20) {
            vault.keys().add(Password.of("other " + others++));
        }
        FaultyBackend faulty = new FaultyBackend(backend);

        assertThatThrownBy(() -> Vault.open(faulty, SECOND, Duration.ZERO))
                .hasMessageStartingWith(Code.WRONG_PASSWORD.text())
                .hasMessageContaining("20 keys were tried, and %d were not".formatted(others - 18));

        assertThat(faulty.calls().stream().filter(call -> call.file().startsWith("keys/")))
                .hasSize(20);
        open(SECOND, VaultOptions.DEFAULT.withKeyHint(second.shortForm())).close();
    }

    /** Keys are tried in the order of their names. */
    private static boolean isBefore(Handle file, KeyId key) {
        return file.type() == FileType.KEY && file.name().compareTo(key.toString()) < 0;
    }

    private Vault open(Password password) throws VaultException {
        return Vault.open(backend, password, Duration.ZERO);
    }

    private Vault open(Password password, VaultOptions options) throws VaultException {
        return Impatient.open(backend, password, options);
    }

    private static Handle handle(KeyId id) {
        return new Handle(FileType.KEY, id.toString());
    }

    private static void refuses(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(Code.REFUSED))
                .hasMessageContaining("Nothing was changed");
    }
}
