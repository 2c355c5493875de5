package io.holdfast.vault.files;

import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.nio.file.Path;

class PlainDirectoryTest extends DirectoryContract {

    @Override
    TargetDirectory open(Path path) throws IOException {
        return PlainDirectory.open(path);
    }

    @Override
    Metadata stat(Path path) throws IOException {
        return PlainStat.of(path);
    }
}
