package io.holdfast.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConsoleVerbsTest {

    private static final String CREATE = "POST /api/backups/create";
    private static final String ACCEPTED = "{'id':'rp-1','status':'RUNNING','links':{'status':'/api/backups/rp-1'}}";
    private static final String RUNNING =
            "{'id':'rp-1','stack':'rag','status':'RUNNING','due':'2026-11-21T13:00:00Z','files':0,'bytes':0,'components':[{'component':'redis','state':'RUNNING','files':0,'bytes':0,'places':[]}],'links':{}}";

    @TempDir
    Path temp;

    private final TestCli cli = new TestCli();
    private FakeConsole console;
    private Path data;

    @BeforeEach
    void start() throws IOException {
        console = new FakeConsole();
        data = console.describeIn(temp.resolve("data"));
        cli.with("HOLDFAST_DATA", data.toString());
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private static String ended(String status) {
        return "{'id':'rp-1','name':'before','stack':'rag','status':'%s','consistency':'CRASH_CONSISTENT','due':'2026-11-21T13:00:00Z','files':3,'bytes':2048,'components':[{'component':'redis','state':'TAKEN','snapshot':'0123456789abcdef','files':3,'bytes':2048,'consistency':'CRASH_CONSISTENT','changed':'1 file changed or vanished while being read: /data/aof','places':['vault','east']},{'component':'papers','state':'FAILED','files':0,'bytes':0,'places':[],'code':'HF-S04','message':'the directory is gone'}],'links':{}}"
                .formatted(status);
    }

    @Test
    void asksForABackupOfWhatIsNamed() {
        console.answer(CREATE, 202, ACCEPTED);
        Outcome asked = cli.run("backup", "rag", "-c", "redis", "--component", "papers", "--full", "--name", "before");
        assertThat(asked.code()).isZero();
        assertThat(asked.out()).isEqualTo("Asked for backup rp-1.\n");
        JsonNode body = console.asked.getFirst().json();
        assertThat(body.toString())
                .isEqualTo(
                        "{\"name\":\"before\",\"collections\":[\"redis\",\"papers\"],\"stack\":\"rag\",\"kind\":\"full\"}");
        assertThat(console.asked.getFirst().key()).isNotBlank();
    }

    @Test
    void sendsTheSameKeyAgainToAConsoleThatIsNotReadyAndAnotherNextTime() {
        console.refuse(CREATE, 503, "HF-C03", "Not ready.").answer(CREATE, 202, ACCEPTED);
        assertThat(cli.run("backup").code()).isZero();
        assertThat(console.asked).hasSize(2);
        assertThat(console.asked.get(0).key()).isEqualTo(console.asked.get(1).key());
        assertThat(cli.surroundings.pauses).hasSize(1);
        cli.run("backup");
        assertThat(console.asked.get(2).key()).isNotEqualTo(console.asked.get(1).key());
    }

    @Test
    void waitsForTheEndOfABackupAndTellsItByItsExitCode() {
        console.answer(CREATE, 202, ACCEPTED)
                .answer("GET /api/backups/rp-1", 200, RUNNING)
                .answer("GET /api/backups/rp-1", 200, RUNNING)
                .answer("GET /api/backups/rp-1", 200, ended("INCOMPLETE"));
        Outcome incomplete = cli.run("backup", "--wait");
        assertThat(incomplete.code()).isEqualTo(3);
        assertThat(incomplete.out()).contains("redis", "TAKEN", "2.0 KiB", "01234567", "vault, east");
        assertThat(incomplete.out()).endsWith("Backup rp-1 is INCOMPLETE.\n");
        assertThat(incomplete.err()).contains("papers: HF-S04 the directory is gone");
        assertThat(console.asked).hasSize(4);
    }

    @Test
    void showsHowManyComponentsOfABackupWaitTheirTurn() {
        var backup = JsonMapper.shared().readTree("""
                {"id": "rp-1", "stack": "rag", "status": "RUNNING", "files": 0, "bytes": 0, "components": [
                  {"component": "redis", "state": "RUNNING", "files": 0, "bytes": 0},
                  {"component": "papers", "state": "QUEUED", "files": 0, "bytes": 0}]}""");

        assertThat(new BackupVerb().progress(backup).line(Duration.ZERO))
                .startsWith("Backing up, 0 of 2 components done, 1 waiting their turn ");
    }

    @Test
    void tellsAtOnceAndOnceWhatFailedWhileTheOthersGoOn() {
        console.answer(CREATE, 202, ACCEPTED)
                .answer("GET /api/backups/rp-1", 200, ended("RUNNING"))
                .answer("GET /api/backups/rp-1", 200, ended("RUNNING"))
                .refuse("GET /api/backups/rp-1", 401, "HF-C01", "The token is not known.");
        Outcome cut = cli.run("backup", "--wait");
        assertThat(cut.err().lines())
                .containsExactly(
                        "Waiting for backup rp-1",
                        "papers: HF-S04 the directory is gone",
                        "HF-C01 The token is not known.");
    }

    @Test
    void tellsWhatFailedAlsoToWhoWantsItQuiet() {
        console.answer(CREATE, 202, ACCEPTED).answer("GET /api/backups/rp-1", 200, ended("INCOMPLETE"));
        Outcome incomplete = cli.run("backup", "--wait", "--quiet");
        assertThat(incomplete.err()).isEqualTo("papers: HF-S04 the directory is gone\n");
        assertThat(cli.run("backup", "--wait", "--quiet", "--json").err()).isEmpty();
    }

    @Test
    void exitsWithZeroForACompleteBackupAndOneForARefusedOne() {
        console.answer(CREATE, 202, ACCEPTED).answer("GET /api/backups/rp-1", 200, ended("COMPLETE"));
        Outcome complete = cli.run("backup", "--wait", "--json");
        assertThat(complete.code()).isZero();
        assertThat(complete.json().path("status").stringValue()).isEqualTo("COMPLETE");
        assertThat(complete.err()).isEmpty();
        console.answer("GET /api/backups/rp-1", 200, ended("REFUSED"));
        cli.run("backup", "--wait");
        assertThat(cli.run("backup", "--wait").code()).isEqualTo(1);
    }

    @Test
    void waitsOnWhileAConsoleIsRestarted() {
        console.answer(CREATE, 202, ACCEPTED).answer("GET /api/backups/rp-1", 200, RUNNING);
        for (int i = 0; i < 12; i++) {
            console.refuse("GET /api/backups/rp-1", 503, "HF-C03", "Not ready.");
        }
        console.answer("GET /api/backups/rp-1", 200, ended("COMPLETE"));
        assertThat(cli.run("backup", "--wait").code()).isZero();
    }

    @Test
    void saysThatWhatWasTakenOnGoesOnWhenItsConsoleStaysAway() {
        console.answer(CREATE, 202, ACCEPTED)
                .answer("GET /api/backups/rp-1", 200, RUNNING)
                .hangUp("GET /api/backups/rp-1");
        Outcome lost = cli.run("backup", "--wait");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err())
                .contains("HF-L03 The console has given no answer", "was taken on", "'holdfast backups' tells")
                .doesNotContain("Nothing was changed");
    }

    @Test
    void aScriptKnowsTheIdOfWhatItDoesNotWaitForToItsEnd() {
        console.answer(CREATE, 202, ACCEPTED)
                .answer("GET /api/backups/rp-1", 200, RUNNING)
                .hangUp("GET /api/backups/rp-1");
        Outcome lost = cli.run("backup", "--wait", "--json");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.json().path("id").stringValue()).isEqualTo("rp-1");
        assertThat(lost.error().path("message").stringValue()).contains("the backup rp-1 is no longer waited for");
        cli.surroundings.interruptedWhilePausing = true;
        Outcome neverSeen = cli.run("backup", "--wait", "--json");
        assertThat(neverSeen.json().path("id").stringValue()).isEqualTo("rp-1");
    }

    @Test
    void anInterruptedWaitTellsWhatIsKnown() {
        console.answer(CREATE, 202, ACCEPTED).answer("GET /api/backups/rp-1", 200, RUNNING);
        cli.surroundings.interruptedWhilePausing = true;
        Outcome interrupted = cli.run("backup", "--wait", "--json");
        assertThat(interrupted.code()).isEqualTo(130);
        assertThat(interrupted.out().lines()).hasSize(1);
        assertThat(interrupted.json().path("id").stringValue()).isEqualTo("rp-1");
        assertThat(interrupted.json().path("status").stringValue()).isEqualTo("RUNNING");
        assertThat(interrupted.error().path("message").stringValue())
                .startsWith("Interrupted. The backup rp-1 was taken on, and goes on.");
        assertThat(cli.run("backup", "--wait", "--quiet").err()).contains("rp-1");
    }

    @Test
    void aBackupOfWhichNothingWasStoredIsAFailure() {
        console.answer(CREATE, 202, ACCEPTED)
                .answer(
                        "GET /api/backups/rp-1",
                        200,
                        ended("INCOMPLETE")
                                .replace("'snapshot':'0123456789abcdef',", "")
                                .replace("TAKEN", "FAILED"));
        assertThat(cli.run("backup", "--wait").code()).isEqualTo(1);
    }

    @Test
    void givesTheTokenOfTheDataDirectoryToNoOtherConsole() {
        Outcome refused = cli.run("status", "--server", console.url());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("HF-L05 ").contains("--token-file");
        assertThat(console.asked).isEmpty();
    }

    @Test
    void listsBackups() {
        console.answer("GET /api/backups", 200, "{'backups':[" + ended("INCOMPLETE") + "]}");
        Outcome listed = cli.run("backups", "--stack", "rag", "-n", "7");
        assertThat(listed.out().lines().toList().get(1))
                .startsWith("2026-11-21 14:00:00 +01:00  INCOMPLETE  crash-consistent  rag    before")
                .contains("1 of 2      east, vault  rp-1");
        assertThat(console.asked.getFirst().path()).isEqualTo("/api/backups?limit=7&stack=rag");
        assertThat(cli.run("backups", "--json").json().path("backups")).hasSize(1);
    }

    @Test
    void saysWhichPlacesHoldAllOfABackupAndWhichAPart() {
        console.answer(
                "GET /api/backups",
                200,
                "{'backups':[{'id':'rp-1','stack':'rag','status':'COMPLETE','due':'2026-11-21T13:00:00Z','files':2,'bytes':2,'components':[{'component':'papers','state':'TAKEN','snapshot':'01','files':1,'bytes':1,'places':['east','west']},{'component':'redis','state':'TAKEN','snapshot':'02','files':1,'bytes':1,'places':['west']}],'links':{}}]}");
        assertThat(cli.run("backups").out()).contains("2 of 2      (east), west  rp-1");
    }

    @Test
    void asksForARestoreOfTheStateAtATime() {
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}");
        Outcome asked = cli.run(
                "restore",
                "--at",
                "2026-11-21 14:00",
                "--stack",
                "rag",
                "-c",
                "redis",
                "--to",
                "back",
                "--from-region",
                "east",
                "--reason",
                "a test");
        assertThat(asked.code()).isZero();
        JsonNode body = console.asked.getFirst().json();
        assertThat(body.path("at").stringValue()).isEqualTo("2026-11-21T13:00:00Z");
        assertThat(body.path("target_directory").stringValue())
                .isEqualTo(Path.of("back").toAbsolutePath().toString());
        assertThat(body.path("from_region").stringValue()).isEqualTo("east");
        assertThat(body.has("backup_id")).isFalse();
    }

    @Test
    void asksForARestoreIntoANewVolume() {
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}");
        Outcome asked =
                cli.run("restore", "latest", "-c", "redis", "--to-volume", "redis_of_friday", "--reason", "look");
        assertThat(asked.code()).isZero();
        JsonNode body = console.asked.getFirst().json();
        assertThat(body.path("target_volume").stringValue()).isEqualTo("redis_of_friday");
        assertThat(body.has("target_directory")).isFalse();
        assertThat(cli.run("restore", "latest", "--to", "/back", "--to-volume", "v", "--reason", "look")
                        .err())
                .startsWith("HF-L05 Give either --to DIR or --to-volume VOLUME.");
        assertThat(cli.run("restore", "latest", "--to", "", "--reason", "look").err())
                .startsWith("HF-L05 --to names no directory.");
        assertThat(console.asked).hasSize(1);
    }

    @Test
    void waitsForTheEndOfARestore() {
        String restore =
                "{'id':'restore-1','stack':'rag','status':'%s','components':[{'component':'redis','target':'/data/redis','safety_snapshot':'fedcba9876543210','restored':true,'stopped_here':false,'files':3,'bytes':2048}],'links':{}%s}";
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}")
                .answer("GET /api/restores/restore-1", 200, restore.formatted("RUNNING", ""))
                .answer("GET /api/restores/restore-1", 200, restore.formatted("COMPLETED", ""));
        Outcome completed = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(completed.code()).isZero();
        assertThat(completed.out()).contains("/data/redis", "fedcba98").endsWith("Restore restore-1 is COMPLETED.\n");
        console.answer(
                "GET /api/restores/restore-1",
                200,
                restore.formatted("FAILED", ",'code':'HF-R03','message':'the vault is damaged'"));
        cli.run("restore", "latest", "--reason", "drill", "--wait");
        Outcome failed = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("HF-R03 the vault is damaged");
    }

    @Test
    void endsARestoreThatLacksSomethingAsIncomplete() {
        String restore =
                "{'id':'restore-1','stack':'rag','status':'COMPLETED','components':[{'component':'redis','restored':true,'stopped_here':false,'files':3,'bytes':2048%s}],'links':{}%s}";
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}")
                .answer("GET /api/restores/restore-1", 200, restore.formatted("", ",'lacks':'HF-R16 nothing of web'"))
                .answer("GET /api/restores/restore-1", 200, restore.formatted(",'lacks':'HF-R17 holes'", ""));
        Outcome withoutOne = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(withoutOne.code()).isEqualTo(3);
        assertThat(withoutOne.err()).contains("HF-R16 nothing of web");
        assertThat(withoutOne.out()).endsWith("Restore restore-1 is COMPLETED, without all that was asked for.\n");

        Outcome holes = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(holes.code()).isEqualTo(3);
        assertThat(holes.err()).contains("redis: HF-R17 holes");
        assertThat(cli.run("restore", "latest", "--reason", "drill", "--wait", "--json")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void tellsWhatIsBackOtherwiseThanItWasAndEndsWell() {
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}")
                .answer(
                        "GET /api/restores/restore-1",
                        200,
                        "{'id':'restore-1','stack':'rag','status':'COMPLETED','components':[{'component':'redis','restored':true,'files':3,'bytes':2048,'altered':'HF-R18 owners'}],'links':{}}");
        Outcome told = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(told.code()).isZero();
        assertThat(told.err()).contains("redis: HF-R18 owners");
        assertThat(told.out()).endsWith("Restore restore-1 is COMPLETED.\n");
    }

    @Test
    void showsNoTableOfARestoreThatTouchedNothing() {
        console.answer("POST /api/backups/restore", 202, "{'id':'restore-1','status':'REQUESTED','links':{}}")
                .answer(
                        "GET /api/restores/restore-1",
                        200,
                        "{'id':'restore-1','stack':'rag','status':'REFUSED','components':[],'links':{},'code':'HF-R03','message':'there is none'}");
        Outcome refused = cli.run("restore", "latest", "--reason", "drill", "--wait");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("Restore restore-1 is REFUSED.\n");
        assertThat(refused.err()).contains("HF-R03 there is none");
    }

    @Test
    void refusesARestoreThatDoesNotTellWhatOrWhy() {
        assertThat(cli.run("restore", "--reason", "x").err()).startsWith("HF-L05 Give either");
        assertThat(cli.run("restore", "latest", "--at", "2026-11-21 14:00", "--reason", "x")
                        .err())
                .startsWith("HF-L05 Give either");
        assertThat(cli.run("restore", "latest").err()).contains("HF-L05", "--reason");
        assertThat(cli.run("restore", "--at", "yesterday", "--reason", "x").err())
                .contains("HF-L05 'yesterday' is no time");
        assertThat(console.asked).isEmpty();
    }

    @Test
    void showsHowEverythingStands() {
        console.answer(
                "GET /api/status",
                200,
                "{'recovery_sheet_confirmed':false,'plan_revision':2,'open_incidents':1,'undelivered_notices':2,'components':[{'component':'rag/redis','health':'DEGRADED','last_good_at':'2026-11-21T13:00:00Z','fresh_until':'2026-11-22T14:00:00Z','files':3,'bytes':2048,'consistency':'CRASH_CONSISTENT','last_failure':'disk full','regions':[{'region':'east','last_good_at':'2026-11-21T13:00:00Z'},{'region':'west','behind_since':'2026-11-21T13:00:00Z'}],'alerts':[],'changed_at':'2026-11-21T13:30:00Z'}],'services':[{'service':'scheduler','instance':'a','alive':false,'last_seen_at':'2026-11-21T13:00:00Z'}],'silent_sites':['office']}");
        String shown = cli.run("status").out();
        assertThat(shown)
                .contains(
                        "rag/redis  DEGRADED",
                        "crash-consistent",
                        "east, west BEHIND",
                        "  rag/redis: the plan changed what is captured at 2026-11-21 14:30:00 +01:00, and no backup of that",
                        "  rag/redis: disk full",
                        "scheduler  -     NO",
                        "No service of site office is alive",
                        "Plan revision 2 is in force.",
                        "1 incident open",
                        "2 mails about open incidents could not be delivered",
                        "recovery sheet is not confirmed");
        assertThat(cli.run("status", "--json").json().path("plan_revision").intValue())
                .isEqualTo(2);
    }

    @Test
    void listsAndAcknowledgesIncidents() {
        String incident =
                "{'id':'i-1','subject':'rag/redis','severity':'CRITICAL','message':'stale \\u001b[31mred','open':true,'level':1,'opened_at':'2026-11-21T13:00:00Z'%s}";
        console.answer(
                        "GET /api/incidents",
                        200,
                        "{'incidents':["
                                + incident.formatted(
                                        ",'not_told':[{'address':'ada@example.org','code':'HF-N03','message':'no answer','permanent':false}]")
                                + "]}")
                .answer(
                        "POST /api/incidents/i-1/acknowledge",
                        200,
                        incident.formatted(",'acknowledged_by':'local','acknowledged_at':'2026-11-21T13:05:00Z'"));
        assertThat(cli.run("incidents").out())
                .contains(
                        "CRITICAL",
                        "rag/redis",
                        "OPEN",
                        "i-1",
                        "  i-1: ada@example.org was not told: HF-N03 no answer\n")
                .doesNotContain("\u001b");
        assertThat(console.asked.getFirst().path()).isEqualTo("/api/incidents?open=true");
        assertThat(cli.run("ack", "i-1", "--note", "on it").out())
                .isEqualTo("Incident i-1 is with local since 2026-11-21 14:05:00 +01:00.\n");
        assertThat(console.asked.getLast().json().path("note").stringValue()).isEqualTo("on it");
    }

    @Test
    void tellsWhatTheConsoleRefusesInItsOwnWords() {
        console.refuse("POST /api/incidents/a%2Fb/acknowledge", 404, "HF-C20", "x")
                .refuse(CREATE, 422, "HF-C13", "There is no stack no. Nothing was changed.");
        Outcome refused = cli.run("backup", "no");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("HF-C13 There is no stack no. Nothing was changed.\n");
        assertThat(cli.run("backup", "no", "--json").err())
                .isEqualTo(
                        "{\"error\":{\"code\":\"HF-C13\",\"message\":\"There is no stack no. Nothing was changed.\"}}\n");
        cli.run("ack", "a/b?");
        assertThat(console.asked.getLast().path()).isEqualTo("/api/incidents/a%2Fb%3F/acknowledge");
    }

    @Test
    void saysWhichDataDirectoryIsMeantWhenNothingRuns() {
        Path other = temp.resolve("other");
        Outcome missing = cli.run("status", "--data", other.toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .startsWith("HF-L01 ")
                .contains(other.toString(), "holdfast up --data " + other, "every backup is safe", "holdfast vault");
        console.close();
        assertThat(cli.run("status").err()).startsWith("HF-L01 ").contains("nothing listens");
    }

    @Test
    void sendsNoTokenToWhoeverHasThePortOfADeadProcess() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(
                data.resolve("endpoints.json"),
                "{\"console\":\"%s\",\"brokers\":\"\",\"pid\":%d}".formatted(console.url(), dead.pid()));
        assertThat(cli.run("status").err()).startsWith("HF-L01 ").contains("has ended");
        assertThat(console.asked).isEmpty();
    }

    @Test
    void refusesATokenFileThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(data.resolve("token"), PosixFilePermissions.fromString("rw-r-----"));
        Outcome refused = cli.run("status");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("HF-L02 ").contains("chmod 600").doesNotContain(FakeConsole.TOKEN);
        assertThat(console.asked).isEmpty();
    }

    @Test
    void asksAConsoleElsewhere() {
        console.answer("GET /api/incidents", 200, "{'incidents':[]}");
        TestCli remote = new TestCli()
                .with("HOLDFAST_SERVER", console.url() + "/")
                .with("HOLDFAST_TOKEN_FILE", data.resolve("token").toString());
        assertThat(remote.run("incidents").out()).isEqualTo("No incident is open.\n");
        assertThat(remote.run("restore", "latest", "--to", "relative", "--reason", "x")
                        .err())
                .startsWith("HF-L05 --to must be an absolute path");
        assertThat(remote.run("status", "--server", "localhost").err()).startsWith("HF-L05 ");
    }

    @Test
    void distrustsAnswersThatAreNoConsoles() {
        console.answer("GET /api/status", 200, "<html>hello</html>");
        assertThat(cli.run("status").err()).startsWith("HF-L04 ");
        console.answer("GET /api/incidents", 500, "[]");
        assertThat(cli.run("incidents").err()).startsWith("HF-L04 ");
    }

    @Test
    void givesUpOnAConsoleThatStaysUnready() {
        console.refuse("GET /api/status", 503, "HF-C03", "The views are still being read.");
        Outcome refused = cli.run("status");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("HF-C03 The views are still being read.\n");
        assertThat(cli.surroundings.pauses).hasSize(4);
    }

    @Test
    void saysWhyNoBrokerCanBeAskedForEvents() {
        assertThat(cli.run("events", "--brokers", "broker.invalid:9092").err())
                .contains("HF-L09", "broker.invalid:9092: No resolvable bootstrap urls")
                .doesNotContain("construct kafka consumer");
    }

    @Test
    void confirmsTheRecoverySheet() {
        console.answer("POST /api/recovery-sheet/confirm", 200, "{'recovery_sheet_confirmed':true}");
        assertThat(cli.run("recovery-sheet", "--confirm").out()).startsWith("Noted");
    }
}
