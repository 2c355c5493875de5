package io.holdfast.standalone;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed in the middle of a backup or of its copies to regions. */
@Order(KillRounds.FIRST)
class BackupKillIT extends KillRounds {

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"BACKUP_.*", "UPLOAD_.*"})
    void bringsABackupToItsRightEnd(KillPoint point) throws Exception {
        changeSources();
        holdfast.killAt(point);
        askForBackup();
        holdfast.awaitKilled();

        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void survivesAKillAtAnyMoment(long seed) throws Exception {
        changeSources();
        askForBackup();
        holdfast.killAfter(Duration.ofMillis(1 + new Random(seed).nextInt(1_500)));

        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }
}
