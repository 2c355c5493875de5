package io.holdfast.sources.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnContainerTest {

    private static final String ID = "5b31d70d88bf2da219b2e4c426abb42daca3562cd21f8063c6b89b1ceb97de86";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/lib/docker/containers/%s/hosts /etc/hosts",
                "/data/docker/containers/%s/resolv.conf /etc/resolv.conf",
                "/var/lib/containers/storage/overlay-containers/%s/userdata/hostname /etc/hostname"
            })
    void isToldByTheFilesThatAnEngineMounts(String mount) throws IOException {
        assertThat(id("131 112 254:0 %s rw,relatime - ext4 /dev/vda rw".formatted(mount.formatted(ID))))
                .contains(new ContainerId(ID));
    }

    /** The host has such mounts, of each container whose memory is shareable. */
    @Test
    void isNoneOfThoseWhoseMemoryTheHostShows() throws IOException {
        assertThat(id("61 42 0:52 / /var/lib/docker/containers/%s/mounts/shm rw,nosuid shared:4 - tmpfs shm rw"
                        .formatted(ID)))
                .isEmpty();
        assertThat(id("62 42 254:0 /var/lib/docker/containers/%s/hosts /mnt/look/hosts rw - ext4 /dev/vda rw"
                        .formatted(ID)))
                .isEmpty();
        assertThat(OwnContainer.id(directory.resolve("none"))).isEmpty();
    }

    private Optional<ContainerId> id(String line) throws IOException {
        Path mounts = Files.writeString(
                directory.resolve("mountinfo"),
                "21 26 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n%s\n".formatted(line));
        return OwnContainer.id(mounts);
    }
}
