package io.holdfast.sources.configuration;

import io.holdfast.sources.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small programs in place of those that this machine lacks; each writes down how it was called. */
final class FakePrograms {

    static final String KUBECONFIG = "/etc/kubernetes/backup.conf";

    private final Path directory;

    FakePrograms(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        for (String name : List.of("crontab", "systemctl", "kubectl")) {
            set(name, "");
        }
    }

    /** @param script what it does, after it has written its arguments to the list of calls */
    void set(String name, String script) throws IOException {
        Path program = directory.resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"%s $*\" >> %s\n%s\n".formatted(name, calls(), script));
        Files.setAttribute(program, "unix:mode", 0755);
    }

    Path calls() {
        return directory.resolve("calls");
    }

    /** As the tests start it: with none of the real ones. */
    Programs programs() {
        return new Programs(
                TestHost.withoutEngine(Map.of("KUBECONFIG", KUBECONFIG)),
                directory.resolve("crontab").toString(),
                directory.resolve("systemctl").toString(),
                directory.resolve("kubectl").toString());
    }
}
