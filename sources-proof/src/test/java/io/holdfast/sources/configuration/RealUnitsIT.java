package io.holdfast.sources.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.SystemdContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With units of a real systemd, which sees this host's directory of them under the same path. */
@Timeout(120)
class RealUnitsIT {

    @RegisterExtension
    static final DockerEngine docker = DockerEngine.with(TestImage.SYSTEMD);

    private static final String AT = "/shop/config";
    private static final List<String> UNITS =
            List.of("rag-web.service", "rag-job@nightly.service", "rag.timer", "rag.mount", "rag-alias.service");

    @TempDir
    private Path directory;

    private Path units;
    private SystemdContainer machine;
    private ConfigurationSource source;

    @BeforeEach
    void aMachineWithUnits() throws IOException {
        units = Files.createDirectory(directory.resolve("units"));
        unit("rag-web.service", "[Service]\nExecStart=sleep infinity\n[Install]\nWantedBy=multi-user.target\n");
        unit("rag-web.service.d/port.conf", "[Service]\nEnvironment=PORT=8080\n");
        unit("rag-.service.d/all.conf", "[Service]\nEnvironment=STACK=rag\n");
        unit("rag-job@.service", "[Service]\nType=oneshot\nExecStart=true\n");
        unit("rag.timer", "[Timer]\nOnCalendar=*-01-01\nUnit=rag-job@nightly.service\n");
        Files.createSymbolicLink(units.resolve("rag.mount"), Path.of("/dev/null"));
        Files.createSymbolicLink(units.resolve("rag-alias.service"), Path.of("rag-web.service"));
        machine = SystemdContainer.startWithUnitsIn(docker, units);
        machine.systemctl("enable", "--now", "rag-web.service");
        Path systemctl = Files.writeString(
                directory.resolve("systemctl"),
                "#!/bin/sh\nexec %s systemctl \"$@\"%n".formatted(String.join(" ", machine.entrance())));
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));
        source = new ConfigurationSource(
                new Source.Configuration(List.of(), List.of(), List.of(), UNITS, List.of(), Quiesce.NONE),
                AT,
                new Programs(TestHost.withoutEngine(), "crontab", systemctl.toString(), "kubectl"),
                units);
    }

    private void unit(String name, String text) throws IOException {
        Path file = units.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void knowsUnitsAgainThatWereLostAndThatWereChanged() throws Exception {
        try (TestVault vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(source);
            String about = TestVault.text(files, "/generated/ABOUT.txt");
            assertThat(about)
                    .contains("unit rag-web.service: enabled, active")
                    .contains("unit rag-job@nightly.service: static, inactive")
                    .contains("unit rag.mount: masked, inactive");
            String before = known();
            assertThat(before).contains("LoadState=loaded", "PORT=8080", "STACK=rag", "LoadState=masked");

            lose(
                    "rag-web.service.d/port.conf",
                    "rag-.service.d/all.conf",
                    "rag-job@.service",
                    "rag.timer",
                    "rag.mount");
            unit("rag-web.service", "[Service]\nExecStart=sleep 1\n");
            machine.systemctl("daemon-reload");
            assertThat(known()).contains("LoadState=not-found").doesNotContain("PORT=8080", "STACK=rag", "infinity");

            TestVault.putBack(source, files);

            assertThat(known()).isEqualTo(before);
            machine.systemctl("start", "rag-job@nightly.service", "rag.timer");
        }
    }

    private void lose(String... names) throws IOException {
        for (String name : names) {
            Files.delete(units.resolve(name));
        }
    }

    /** What systemd itself says of them. */
    private String known() {
        return machine.systemctl(Stream.concat(
                                Stream.of(
                                        "show",
                                        "--property=Id,LoadState,FragmentPath,DropInPaths,Environment,ExecStart,NeedDaemonReload,UnitFileState"),
                                UNITS.stream())
                        .toArray(String[]::new))
                .replaceAll("start_time=.*", "");
    }
}
