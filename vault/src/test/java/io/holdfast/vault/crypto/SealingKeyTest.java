package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.DamagedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealingKeyTest {

    @Property(tries = 50)
    void opensWhatItSealed(@ForAll @Size(max = 10_000) byte[] plain) throws DamagedException {
        SealingKey key = SealingKey.random();
        byte[] sealed = key.seal(plain);
        assertThat(sealed).hasSize(plain.length + SealingKey.OVERHEAD);
        assertThat(key.open(sealed)).isEqualTo(plain);
    }

    @Test
    void refusesEverySingleFlippedBit() {
        SealingKey key = SealingKey.random();
        byte[] sealed = key.seal(new byte[] {1, 2, 3, 4, 5});
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] broken = sealed.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> key.open(broken)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesAnotherKeysContentAndTooShortContent() {
        SealingKey key = SealingKey.random();
        byte[] foreign = SealingKey.random().seal(new byte[10]);
        assertThatThrownBy(() -> key.open(foreign)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> key.open(new byte[31])).isInstanceOf(DamagedException.class);
        byte[] sealed = key.seal(new byte[100]);
        assertThatThrownBy(() -> key.open(sealed, 1, sealed.length)).isInstanceOf(DamagedException.class);
    }

    @Test
    void sealsTheSameContentDifferentlyEachTime() {
        SealingKey key = SealingKey.random();
        assertThat(key.seal(new byte[32])).isNotEqualTo(key.seal(new byte[32]));
    }

    @Test
    void neitherSealsNorOpensAnythingOnceItWasErased() {
        SealingKey key = SealingKey.random();
        byte[] sealed = key.seal(new byte[10]);
        key.erase();
        assertThatThrownBy(() -> key.seal(new byte[10])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.open(sealed)).isInstanceOf(IllegalStateException.class);
    }
}
