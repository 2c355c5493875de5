package io.holdfast.sources.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationSourceTest {

    private static final String AT = "/shop/config";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private FakePrograms fakes;

    @SuppressWarnings("NullAway.Init")
    private TestVault vault;

    @SuppressWarnings("NullAway.Init")
    private Path units;

    @BeforeEach
    void aHost() throws IOException {
        fakes = new FakePrograms(directory.resolve("bin"));
        vault = new TestVault(AT);
        units = Files.createDirectories(directory.resolve("systemd"));
    }

    @AfterEach
    void closeTheVault() throws IOException {
        vault.close();
    }

    @Test
    void laysFilesOverWhatIsThereAndDeletesNothing() throws Exception {
        Path app = Files.createDirectories(directory.resolve("app/conf.d"));
        Path env = Files.writeString(directory.resolve("app/.env"), "PASSWORD=s3cret");
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(app.resolve("main.yaml"), "a: 1");
        ConfigurationSource source = source(List.of(directory.resolve("app")), List.of(), List.of(), List.of());
        SnapshotFiles files = vault.stored(source);

        Files.writeString(app.resolve("main.yaml"), "spoilt");
        Files.writeString(app.resolve("new.yaml"), "later");
        Files.delete(env);
        TestVault.putBack(source, files);

        assertThat(app.resolve("main.yaml")).hasContent("a: 1");
        assertThat(app.resolve("new.yaml")).hasContent("later");
        assertThat(env).hasContent("PASSWORD=s3cret");
        assertThat(Files.getPosixFilePermissions(env)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(fakes.calls()).doesNotExist();
    }

    @Test
    void installsCrontabsAndSaysWhoHadNone() throws Exception {
        Path installed = directory.resolve("crontab-of-app");
        Files.writeString(installed, "0 2 * * * backup\n");
        fakes.set("crontab", """
                [ "$2" = app ] || { echo "no crontab for $2" >&2; exit 1; }
                case $3 in -l) cat %s ;; -) cat > %s ;; esac""".formatted(installed, installed));
        ConfigurationSource source = source(List.of(), List.of("app", "www-data"), List.of(), List.of());
        SnapshotFiles files = vault.stored(source);

        assertThat(TestVault.text(files, "/generated/ABOUT.txt"))
                .contains("crontab of app: crontabs/app", "crontab of www-data: none");
        assertThat(files.children("/generated/crontabs")).containsExactly("app");
        Files.writeString(installed, "spoilt");
        TestVault.putBack(source, files);
        assertThat(installed).hasContent("0 2 * * * backup");
        assertThat(fakes.calls()).content().contains("crontab -u app -\n").doesNotContain("www-data -\n");

        Path added = Files.writeString(directory.resolve("added.yaml"), "stays");
        ConfigurationSource more = source(List.of(added), List.of("app"), List.of(), List.of());
        TestVault.putBack(more, files);
        assertThat(more.wayBack().addedSince(files)).containsExactly(added);
        assertThat(added).hasContent("stays");

        fakes.set("crontab", "[ $3 = - ] && cat > /dev/null || echo other");
        assertFails("HF-Q74", () -> TestVault.putBack(source, files));
        fakes.set("crontab", "echo 'must be privileged to use -u' >&2; exit 1");
        assertFails("HF-Q70", () -> vault.stored(source));
        assertFails("HF-Q73", () -> TestVault.putBack(source, files));
    }

    @Test
    void putsNothingBackFromASnapshotOfFilesAloneWhereThePlanNamesNoneOfThem() throws Exception {
        Path app = Files.writeString(directory.resolve("app.conf"), "a=1");
        SnapshotFiles files = vault.stored(source(List.of(app), List.of(), List.of(), List.of()));
        ConfigurationSource crontabs = source(List.of(), List.of("app"), List.of(), List.of());

        assertFails("HF-Q06", () -> TestVault.putBack(crontabs, files)).hasMessageContaining("nothing of crontabs,");
    }

    @Test
    void putsUnitsBackAndReloadsSystemd() throws Exception {
        Path vendor = Files.createDirectories(directory.resolve("vendor"));
        Files.writeString(vendor.resolve("db.service"), "[Service] of the package");
        Files.writeString(units.resolve("app@.service"), "[Service]");
        Files.writeString(Files.createDirectories(units.resolve("db.service.d")).resolve("limits.conf"), "LimitNOFILE");
        fakes.set("systemctl", """
                case "$*" in
                *db.service) echo FragmentPath=%s; echo DropInPaths=%s ;;
                esac
                echo UnitFileState=enabled; echo ActiveState=active""".formatted(vendor.resolve("db.service"), units.resolve("db.service.d/limits.conf")));
        ConfigurationSource source = source(List.of(), List.of(), List.of("app@1.service", "db.service"), List.of());
        SnapshotFiles files = vault.stored(source);

        assertThat(TestVault.text(files, "/generated/ABOUT.txt")).contains("unit app@1.service: enabled, active");
        assertThat(files.children(vendor.toString())).containsExactly("db.service");
        Files.delete(units.resolve("app@.service"));
        Files.writeString(units.resolve("db.service.d/limits.conf"), "spoilt");
        Files.writeString(vendor.resolve("db.service"), "[Service] of a newer package");
        TestVault.putBack(source, files);
        assertThat(units.resolve("app@.service")).hasContent("[Service]");
        assertThat(units.resolve("db.service.d/limits.conf")).hasContent("LimitNOFILE");
        assertThat(vendor.resolve("db.service")).hasContent("[Service] of a newer package");
        assertThat(Files.readAllLines(fakes.calls())).last().isEqualTo("systemctl daemon-reload");

        assertFails("HF-Q71", () -> vault.stored(source(List.of(), List.of(), List.of("typo.service"), List.of())));
    }

    @Test
    void takesAUnitByItsFileWhereSystemdDoesNotAnswer() throws Exception {
        Files.writeString(units.resolve("app.service"), "[Service]");
        fakes.set("systemctl", "echo not booted with systemd >&2; exit 1");
        ConfigurationSource source = source(List.of(units), List.of(), List.of("app.service"), List.of());

        SnapshotFiles files = vault.stored(source);

        assertThat(files.children(units.toString())).containsExactly("app.service");
        assertThat(TestVault.text(files, "/generated/ABOUT.txt")).contains("state unknown", "not booted with systemd");
        Files.delete(units.resolve("app.service"));
        assertFails("HF-Q73", () -> TestVault.putBack(source, files)).hasMessageContaining("units: ");
        assertThat(units.resolve("app.service")).exists();
    }

    @Test
    void keepsManifestsAsAnyClusterTakesThem() throws Exception {
        Path applied = directory.resolve("applied.json");
        fakes.set("kubectl", """
                [ "$KUBECONFIG" = %s ] || exit 9
                case "$*" in
                "get namespace"*) echo '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","uid":"u1"},"spec":{"finalizers":["kubernetes"]},"status":{}}' ;;
                get*) cat %s ;;
                apply*) cat > %s ;;
                esac""".formatted(
                        FakePrograms.KUBECONFIG, Files.writeString(directory.resolve("all.json"), """
                        {"kind":"List","items":[
                        {"kind":"Service","metadata":{"name":"web","resourceVersion":"7"},"spec":{"clusterIP":"10.0.0.7","clusterIPs":["10.0.0.7"],"ports":[{"port":80}]},"status":{}},
                        {"kind":"Service","metadata":{"name":"headless"},"spec":{"clusterIP":"None"}},
                        {"kind":"Secret","type":"Opaque","metadata":{"name":"key"},"data":{"k":"djE="}},
                        {"kind":"Secret","type":"kubernetes.io/service-account-token","metadata":{"name":"token"}},
                        {"kind":"ConfigMap","metadata":{"name":"kube-root-ca.crt"}},
                        {"kind":"ConfigMap","metadata":{"name":"owned","ownerReferences":[{"kind":"X"}]}},
                        {"kind":"PersistentVolumeClaim","metadata":{"name":"data","annotations":{"pv.kubernetes.io/bind-completed":"yes","team":"shop"}},"spec":{"volumeName":"pv-1","storageClassName":"fast"}}
                        ]}"""), applied));
        ConfigurationSource source = source(List.of(), List.of(), List.of(), List.of("shop"));
        SnapshotFiles files = vault.stored(source);

        String manifest = TestVault.text(files, "/generated/kubernetes/shop.json");
        assertThat(manifest)
                .contains("\"shop\"", "\"web\"", "\"headless\"", "\"None\"", "djE=", "\"team\"", "\"fast\"")
                .doesNotContain(
                        "uid",
                        "resourceVersion",
                        "status",
                        "10.0.0.7",
                        "token",
                        "kube-root-ca",
                        "owned",
                        "bind-completed",
                        "pv-1",
                        "finalizers");
        TestVault.putBack(source, files);
        assertThat(applied).hasContent(manifest);
        assertThat(fakes.calls()).content().contains("--namespace=shop", "secrets", "statefulsets.apps");

        fakes.set("kubectl", "echo 'connection refused' >&2; exit 1");
        assertFails("HF-Q72", () -> vault.stored(source)).hasMessageContaining("connection refused");
        assertThatThrownBy(() -> vault.stored(source.salvage()))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("HF-Q72");

        fakes.set("kubectl", "echo 'Error from server (NotFound): namespaces \"shop\" not found' >&2; exit 1");
        assertThat(source.salvage().roots())
                .as("before the way back of a namespace that was lost")
                .isEmpty();
    }

    @Test
    void salvagesOneUnitWhereAnotherIsGone() throws Exception {
        Files.writeString(units.resolve("app@.service"), "[Service]");
        Content content = source(
                        List.of(), List.of(), List.of("app@1.service", "gone.service", "app@2.service"), List.of())
                .salvage();

        assertThat(content.roots())
                .containsOnlyOnce(new Root.Tree(units.resolve("app@.service"), AT + units.resolve("app@.service")));
        assertThat(content.missing()).singleElement().asString().startsWith("HF-Q71 The unit gone.service");
    }

    @Test
    void salvagesTheFilesWhereProgramsAreMissing() throws Exception {
        Path file = Files.writeString(directory.resolve("app.conf"), "a=1");
        Programs missing = new Programs(TestHost.withoutEngine(), "no-crontab", "no-systemctl", "no-kubectl");
        var source = new ConfigurationSource(
                new Source.Configuration(
                        List.of(file), List.of(), List.of("root"), List.of(), List.of("shop"), Quiesce.NONE),
                AT,
                missing,
                units);

        Content content = source.salvage();
        assertThat(vault.stored(content).children("/"))
                .containsExactly(file.getName(0).toString());
        assertThat(content.missing())
                .satisfiesExactly(
                        crontab -> assertThat(crontab).contains("'no-crontab'"),
                        namespace -> assertThat(namespace).contains("'no-kubectl'"));
        assertFails("HF-Q70", () -> vault.stored(source));
    }

    private ConfigurationSource source(
            List<Path> paths, List<String> crontabs, List<String> unitNames, List<String> namespaces) {
        return new ConfigurationSource(
                new Source.Configuration(paths, List.of(), crontabs, unitNames, namespaces, Quiesce.NONE),
                AT,
                fakes.programs(),
                units);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(String code, ThrowingCallable what) {
        return assertThatThrownBy(what).isInstanceOf(SourceException.class).hasMessageStartingWith(code + " ");
    }
}
