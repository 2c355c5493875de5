package io.holdfast.standalone;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The platform with kill points. */
final class KillableHoldfast {

    private KillableHoldfast() {}

    public static void main(String[] arguments) throws Exception {
        DataDirectory data = DataDirectory.take(Path.of(arguments[0]));
        var _ = Platform.start(data, Path.of(arguments[1]), KillPoints.class);
        new CountDownLatch(1).await();
    }
}
