package io.holdfast.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Programs that would change the machine of the tests, or that it lacks: {@code crontab}, {@code systemctl} and {@code
 * kubectl} on files of a directory, and a {@code docker} that notes what compose is asked for and passes on the rest.
 */
final class StandInPrograms {

    private final Path bin;
    private final Path state;

    StandInPrograms(Path directory) throws IOException {
        bin = Files.createDirectories(directory.resolve("bin"));
        state = Files.createDirectories(directory.resolve("state-of-programs"));
        Files.createDirectories(state.resolve("crontabs"));
        Files.createDirectories(state.resolve("units"));
        write("crontab", "case $3 in -l) cat crontabs/$2 ;; -) cat >crontabs/$2 ;; *) exit 1 ;; esac");
        write("systemctl", """
                for unit; do :; done
                case $1 in
                show) printf 'FragmentPath=%s\\nUnitFileState=enabled\\nActiveState=active\\n' "$PWD/units/$unit" ;;
                daemon-reload) ;;
                *) exit 1 ;;
                esac""");
        write("kubectl", """
                case "$*" in
                "get namespace "*) cat namespace-$3 ;;
                "get "*) cat objects ;;
                "apply "*) cat >applied ;;
                *) exit 1 ;;
                esac""");
        write("docker", """
                case $1 in
                compose) ;;
                *) PATH='%s' exec docker "$@" ;;
                esac""".formatted(System.getenv("PATH")));
    }

    private void write(String name, String script) throws IOException {
        Path program = Files.writeString(
                bin.resolve(name),
                "#!/bin/sh\ncd '%s' || exit 1\necho \"%s $*\" >>calls\n%s\n".formatted(state, name, script));
        Files.setAttribute(program, "unix:mode", 0755);
    }

    /** For a process that is to find these before any other. */
    String path() {
        return bin + ":" + System.getenv("PATH");
    }

    /** How they were called, a line each. */
    String calls() throws IOException {
        return Files.readString(state.resolve("calls"));
    }

    void unit(String name) throws IOException {
        Files.writeString(state.resolve("units").resolve(name), "[Unit]\nDescription=" + name + "\n");
    }

    void crontab(String user, String text) throws IOException {
        Files.writeString(state.resolve("crontabs").resolve(user), text);
    }

    SortedMap<String, String> crontabs() throws IOException {
        var crontabs = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(state.resolve("crontabs"))) {
            for (Path file : files.toList()) {
                crontabs.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return crontabs;
    }

    /** A namespace with one thing in it. */
    void namespace(String name, String configMap) throws IOException {
        Files.writeString(state.resolve("namespace-" + name), """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}""".formatted(name));
        Files.writeString(state.resolve("objects"), """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s", "namespace": "%s", "uid": "1"},
                   "data": {"language": "en"}}]}""".formatted(configMap, name));
    }

    /** What was put into effect last. */
    String applied() throws IOException {
        return Files.readString(state.resolve("applied"));
    }
}
