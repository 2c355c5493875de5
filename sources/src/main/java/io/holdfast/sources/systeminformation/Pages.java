package io.holdfast.sources.systeminformation;

import io.holdfast.plan.Source;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.systeminformation.Probe.Masked;
import io.holdfast.sources.systeminformation.Probe.Program;
import io.holdfast.sources.systeminformation.Probe.Text;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is looked at, by the file that shows it. */
final class Pages {

    private static final Path CRON = Path.of("/etc/cron.d");

    private Pages() {}

    static Map<String, List<Probe>> of(Source.SystemInformation source, DockerEngine docker) {
        Map<String, List<Probe>> pages = new LinkedHashMap<>();
        pages.put(
                "host.txt",
                List.of(
                        Program.of("hostname"),
                        Text.of("/etc/os-release"),
                        Program.of("uname", "-a"),
                        Program.of("uptime"),
                        Program.of("lscpu")));
        pages.put("memory.txt", List.of(Program.of("free", "-h"), Text.of("/proc/meminfo")));
        pages.put(
                "disks.txt",
                List.of(
                        new Program(Stream.concat(
                                        Stream.of("df", "-hT"),
                                        source.paths().stream().map(Path::toString))
                                .toList()),
                        Program.of("df", "-i"),
                        Program.of("lsblk"),
                        new Masked(Text.of("/proc/self/mounts"))));
        pages.put(
                "packages.txt",
                List.of(Program.of("dpkg-query", "--show"), Program.of("rpm", "-qa"), Program.of("apk", "info", "-v")));
        pages.put("processes.txt", List.of(Program.of("ps", "-eo", "pid,ppid,user,lstart,time,rss,stat,comm")));
        pages.put(
                "network.txt",
                List.of(
                        Program.of("ip", "address"),
                        Program.of("ip", "route"),
                        Program.of("ss", "-lntu"),
                        Text.of("/etc/resolv.conf")));
        pages.put("cron.txt", cron());
        pages.put(
                "services.txt",
                List.of(
                        Program.of("systemctl", "list-units", "--failed", "--no-pager", "--plain"),
                        Program.of("systemctl", "list-units", "--type=service", "--no-pager", "--plain"),
                        Program.of("systemctl", "list-timers", "--all", "--no-pager")));
        pages.put(
                "docker.txt",
                List.of(
                        new Probe.Engine(docker),
                        Program.of("docker", "image", "ls", "--digests"),
                        Program.of("docker", "network", "ls"),
                        Program.of("docker", "compose", "ls", "--all")));
        int number = 1;
        for (List<String> command : source.commands()) {
            String name = command.getFirst().endsWith("/")
                    ? "command"
                    : command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
            pages.put("command-%02d-%s.txt".formatted(number++, name), List.of(new Program(command)));
        }
        return pages;
    }

    private static List<Probe> cron() {
        List<Probe> probes = new ArrayList<>();
        probes.add(new Masked(Text.of("/etc/crontab")));
        if (Files.isDirectory(CRON)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(CRON)) {
                files.forEach(file -> probes.add(new Masked(new Text(file))));
            } catch (IOException | RuntimeException _) {
                // The user's own crontab is shown still.
            }
        }
        probes.add(new Masked(Program.of("crontab", "-l")));
        return probes;
    }
}
