package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    @TempDir
    private Path directory;

    @Test
    void measuresTheDiskOfADirectory() {
        Disk disk = Disk.of(directory.toString());

        assertThat(disk.total()).isPositive();
        assertThat(disk.free()).isBetween(0L, disk.total());
    }

    @Test
    void measuresTheDiskThatADirectoryWillLieOn() {
        assertThat(Disk.of(directory.resolve("not/yet/there").toString()).total())
                .isEqualTo(Disk.of(directory.toString()).total());
    }

    @Test
    void saysNothingOfWhatIsNoDirectory() {
        assertThat(Disk.of("s3:http://127.0.0.1:9000/bucket/vaults")).isEqualTo(Disk.UNKNOWN);
        assertThat(Disk.of("/no\u0000path")).isEqualTo(Disk.UNKNOWN);
    }
}
