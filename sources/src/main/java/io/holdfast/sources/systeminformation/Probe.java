package io.holdfast.sources.systeminformation;

import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One look at the host. What cannot be seen is said in the text, and is never a failure. */
sealed interface Probe {

    Duration LIMIT = Duration.ofSeconds(20);
    int MOST = 4 * 1024 * 1024;

    /** What is looked at, as the text names it. */
    String title();

    /** What there is to see. */
    String text(Host host);

    /** What a program prints. */
    record Program(List<String> argv) implements Probe {

        static Program of(String... argv) {
            return new Program(List.of(argv));
        }

        @Override
        public String title() {
            return "$ " + String.join(" ", argv);
        }

        @Override
        public String text(Host host) {
            var seen = new ByteArrayOutputStream();
            String end = "";
            try (InputStream in =
                    host.commands().stream(Command.of(argv).within(LIMIT).with(host.waysToServers()))) {
                byte[] buffer = new byte[8192];
                int read;
                while (seen.size() < MOST && (read = in.read(buffer)) >= 0) {
                    seen.write(buffer, 0, read);
                }
            } catch (CommandFailed e) {
                end = switch (e.reason()) {
                    case NOT_STARTED -> "(not on this host)";
                    case NOT_READ -> "(the rest is left out: more than 4 MiB)";
                    case STATUS, TIME_LIMIT, TOO_MUCH_OUTPUT, INTERRUPTED -> "(%s)".formatted(e.getMessage());
                };
            } catch (IOException | RuntimeException e) {
                end = "(%s)".formatted(e.getMessage());
            }
            return seen.toString(StandardCharsets.UTF_8) + end;
        }
    }

    /** What a file holds. */
    record Text(Path file) implements Probe {

        static Text of(String file) {
            return new Text(Path.of(file));
        }

        @Override
        public String title() {
            return file.toString();
        }

        @Override
        public String text(Host host) {
            try (InputStream in = Files.newInputStream(file)) {
                return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
            } catch (NoSuchFileException e) {
                return "(not on this host)";
            } catch (IOException e) {
                return "(cannot be read: %s)".formatted(e.getClass().getSimpleName());
            }
        }
    }

    /** Another look, without what usually is a password. */
    record Masked(Probe probe) implements Probe {

        @Override
        public String title() {
            return LikelySecrets.masked(probe.title());
        }

        @Override
        public String text(Host host) {
            return LikelySecrets.masked(probe.text(host));
        }
    }

    /** What the engine tells of itself; of containers neither environment nor command. */
    record Engine(DockerEngine docker) implements Probe {

        @Override
        public String title() {
            return "The Docker engine at " + docker.address();
        }

        @Override
        public String text(Host host) {
            try {
                StringBuilder text = new StringBuilder();
                text.append("version %s, API %s%n"
                        .formatted(docker.version().engine(), docker.version().api()));
                docker.containers()
                        .forEach(container -> text.append("container %s: %s, %s, %s, image %s (%s), networks %s%n"
                                .formatted(
                                        container.name(),
                                        container.id().hex(),
                                        container.state(),
                                        container.health(),
                                        container.image(),
                                        container.imageId(),
                                        container.addresses())));
                docker.volumes().forEach(volume -> text.append("volume %s%n".formatted(volume.name())));
                return text.toString();
            } catch (IOException e) {
                return "(%s)".formatted(e.getMessage());
            }
        }
    }
}
