package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Turns measurements into Markdown: each figure divided by restic's of the same round, as median [min..max]. */
final class Report {

    private static final String REFERENCE = "restic";

    /**
     * One run of a tool.
     *
     * @param cpu user and system seconds
     * @param wall seconds
     * @param peak resident memory, KiB
     * @param size of the repository afterwards, bytes
     */
    private record Run(int round, String tool, String phase, double cpu, double wall, double peak, double size) {

        static Run parse(String line) {
            String[] cells = line.split("\t", -1);
            return new Run(
                    Integer.parseInt(cells[0]),
                    cells[1],
                    cells[2],
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]),
                    Double.parseDouble(cells[6]));
        }
    }

    private final List<Run> runs;
    private final Set<String> phases = new LinkedHashSet<>();
    private final Set<String> tools = new LinkedHashSet<>();

    private Report(List<Run> runs) {
        this.runs = runs;
        for (Run run : runs) {
            phases.add(run.phase());
            if (!run.tool().equals(REFERENCE)) {
                tools.add(run.tool());
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        Report report = new Report(Files.readAllLines(Path.of(arguments[0])).stream()
                .map(Run::parse)
                .toList());
        report.table("CPU", "s", Run::cpu, 1);
        report.table("Wall clock", "s", Run::wall, 1);
        report.table("Peak memory", "MiB", Run::peak, 1024);
        report.table("Repository", "MiB", Run::size, 1 << 20);
    }

    private void table(String title, String unit, ToDoubleFunction<Run> figure, double divisor) {
        List<String> header = new ArrayList<>(List.of(title, REFERENCE + ", " + unit));
        tools.forEach(tool -> header.add(tool + ", ratio"));
        row(header);
        row(header.stream().map(_ -> "---").toList());
        for (String phase : phases) {
            List<String> row = new ArrayList<>(List.of(phase, spread(of(REFERENCE, phase, figure), divisor, "%.1f")));
            double[] reference = of(REFERENCE, phase, figure);
            for (String tool : tools) {
                double[] ratios = of(tool, phase, figure);
                for (int i = 0; i < ratios.length; i++) {
                    ratios[i] /= reference[i];
                }
                row.add(spread(ratios, 1, "%.2f"));
            }
            row(row);
        }
        System.out.println();
    }

    private double[] of(String tool, String phase, ToDoubleFunction<Run> figure) {
        return runs.stream()
                .filter(run -> run.tool().equals(tool) && run.phase().equals(phase))
                .sorted(Comparator.comparingInt(Run::round))
                .mapToDouble(figure)
                .toArray();
    }

    private static String spread(double[] values, double divisor, String format) {
        double[] sorted =
                Arrays.stream(values).map(value -> value / divisor).sorted().toArray();
        double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        return ("**" + format + "** [" + format + ".." + format + "]")
                .formatted(median, sorted[0], sorted[sorted.length - 1]);
    }

    private static void row(List<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }
}
