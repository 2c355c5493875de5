package io.holdfast.standalone;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Killed in the middle of a backup or of its copies to regions. */
@Order(KillRounds.FIRST)
class BackupKillIT extends KillRounds {

    @Test
    void bringsABackupToItsRightEndKilledAtEachOfItsSteps() throws Exception {
        bringsToItsRightEndKilledAt(
                KillPoint.BACKUP_AFTER_PACK,
                KillPoint.BACKUP_AFTER_INDEX,
                KillPoint.BACKUP_AFTER_SNAPSHOT,
                KillPoint.BACKUP_AFTER_ANNOUNCED);
    }

    @Test
    void bringsCopiesToTheirRightEndKilledAtEachOfTheirSteps() throws Exception {
        bringsToItsRightEndKilledAt(
                KillPoint.UPLOAD_AFTER_PACK, KillPoint.UPLOAD_AFTER_INDEX, KillPoint.UPLOAD_AFTER_SNAPSHOT);
    }

    private void bringsToItsRightEndKilledAt(KillPoint first, KillPoint... then) throws Exception {
        changeSources();
        holdfast.killAt(first);
        askForBackup();
        holdfast.awaitKilled();
        for (KillPoint next : then) {
            goOnUntil(next);
        }
        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }

    @Test
    void survivesKillsAtAnyMoment() throws Exception {
        RandomGenerator moments = new Random(1);
        changeSources();
        askForBackup();
        holdfast.killAfter(Duration.ofMillis(1 + moments.nextInt(1_500)));
        launchAgain();
        holdfast.killAfter(Duration.ofMillis(1 + moments.nextInt(15_000)));
        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }
}
