package io.holdfast.vault.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PosixAclTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** As setfacl -m u:1234:r-x,g:99:rw- leaves it on a file of mode 0640. */
    private static final byte[] VALUE =
            HEX.parseHex("02 00 00 00 01 00 06 00 ff ff ff ff 02 00 05 00 d2 04 00 00 04 00 04 00 ff ff ff ff "
                    + "08 00 06 00 63 00 00 00 10 00 07 00 ff ff ff ff 20 00 00 00 ff ff ff ff");

    @Test
    void spellsAListAsTarDoes() {
        assertThat(PosixAcl.text(VALUE))
                .contains("user::rw-,user:1234:r-x,group::r--,group:99:rw-,mask::rwx,other::---");
    }

    @Test
    void readsWhatItAndOthersSpell() {
        assertThat(PosixAcl.value(PosixAcl.text(VALUE).orElseThrow())).contains(VALUE);
        assertThat(
                        PosixAcl.value(
                                "user::rw-\nuser:lisa:r-x:1234 #effective:r--\ngroup::r--,group:99:rw-\nmask::rwx,other::---\n"))
                .contains(VALUE);
    }

    @Test
    void refusesATextThatNamesSomebodyWithoutANumber() {
        for (String text : new String[] {"user:lisa:r-x", "user::rwz", "", "any::rwx", "user:1:rwx:a", "mask:5:rwx"}) {
            assertThat(PosixAcl.value(text)).as(text).isEmpty();
        }
    }

    @Test
    void doesNotGuessWhatItDoesNotKnow() {
        assertThat(PosixAcl.text(new byte[] {2, 0, 0})).isEmpty();
        assertThat(PosixAcl.text(HEX.parseHex("03 00 00 00"))).isEmpty();
        assertThat(PosixAcl.text(HEX.parseHex("02 00 00 00 40 00 06 00 ff ff ff ff")))
                .isEmpty();
        assertThat(PosixAcl.text(HEX.parseHex("02 00 00 00 01 00"))).isEmpty();
    }
}
