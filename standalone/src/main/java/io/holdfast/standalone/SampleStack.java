package io.holdfast.standalone;

import io.holdfast.plan.StarterPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A small stack with real files, so that the first start has something to protect. */
final class SampleStack {

    private static final int PAPERS = 12;
    private static final int PAPER_BYTES = 200_000;

    private SampleStack() {}

    static List<StarterPlan.Sample> write(Path directory) throws IOException {
        Path documents = Files.createDirectories(directory.resolve("documents"));
        Path configuration = Files.createDirectories(directory.resolve("configuration"));
        Files.writeString(documents.resolve("README.txt"), """
                This directory is protected by Holdfast. Change, delete or add files, then try:
                  holdfast backup sample --wait
                  holdfast restore latest --reason "to see it work" --wait
                """);
        var random = new Random(20_261_121);
        for (int i = 1; i <= PAPERS; i++) {
            byte[] paper = new byte[PAPER_BYTES];
            random.nextBytes(paper);
            Files.write(documents.resolve("paper-%02d.bin".formatted(i)), paper);
        }
        Files.writeString(configuration.resolve("application.yaml"), "workers: 4\nlanguage: en\n");
        Files.writeString(configuration.resolve("crontab.txt"), "0 2 * * * /opt/sample/nightly\n");
        return List.of(
                new StarterPlan.Sample("documents", documents), new StarterPlan.Sample("configuration", configuration));
    }
}
