package dev.juggler.cli.compare;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.OutputOptions;
import dev.juggler.cli.command.ReservedFile;
import dev.juggler.cli.command.Terminal;
import dev.juggler.compare.ComparisonFile;
import dev.juggler.report.Comparison;
import dev.juggler.report.ComparisonMarkdown;
import dev.juggler.report.ComparisonTable;
import dev.juggler.report.SafeText;
import dev.juggler.report.TableStyle;
import dev.juggler.report.page.ChartFormat;
import dev.juggler.report.page.ComparisonChart;
import dev.juggler.report.page.ComparisonPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes comparisons as tables, JSON or Markdown to stdout, and to files. */
final class CompareOutput {
    private static final int WIDTH = 100;

    private boolean json;
    private boolean markdown;
    private @Nullable Path save;
    private @Nullable Path chart;
    private @Nullable Path html;
    private boolean quiet;
    private OutputOptions.ColorChoice color = OutputOptions.ColorChoice.auto;

    /** Declares the options. */
    void declare(OptionSyntax syntax) {
        syntax.flag("--json", on -> json = on, "Write JSON to stdout instead of tables.");
        syntax.flag("--markdown", on -> markdown = on, "Write a table in Markdown to stdout.");
        syntax.value("--save", "FILE", Path.class, value -> save = value, "Save all measurements, for --merge.");
        syntax.value("--chart", "FILE.svg|png", Path.class, value -> chart = value, "Draw a chart of the times.");
        syntax.value(
                "--html",
                "FILE",
                Path.class,
                value -> html = value,
                "Write a page with tables, bars and a timeline of each model (one more run of each).");
        syntax.flag("-q, --quiet", on -> quiet = on, "No progress on stderr.");
        syntax.value(
                "--color",
                "auto|always|never",
                OutputOptions.ColorChoice.class,
                value -> color = value,
                "Colours in the table; auto obeys NO_COLOR. Default: ${DEFAULT-VALUE}.");
    }

    /** The output files, checked to be writable before anything runs. */
    final class Files implements AutoCloseable {
        private final List<ReservedFile> all = new ArrayList<>();
        private final @Nullable ReservedFile saved = reserved(save);
        private final @Nullable ReservedFile drawn = reserved(chart);
        private final @Nullable ReservedFile page = reserved(html);

        private @Nullable ReservedFile reserved(@Nullable Path file) {
            if (file == null) {
                return null;
            }
            ReservedFile reserved = ReservedFile.at(file);
            all.add(reserved);
            return reserved;
        }

        void save(Comparison comparison) throws IOException {
            if (saved != null) {
                saved.write(ComparisonFile.bytes(comparison));
            }
        }

        void draw(List<Comparison> all, List<String> differences) {
            if (page != null) {
                page.write(ComparisonPage.of(all, differences));
            }
            if (drawn != null && chart != null) {
                drawn.write(chart(all, chart));
            }
        }

        private static byte[] chart(List<Comparison> all, Path file) {
            try {
                return ComparisonChart.of(all, ChartFormat.of(file.toString()).orElseThrow());
            } catch (IOException e) {
                throw CommandFailure.output("cannot draw " + file + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            for (ReservedFile file : all) {
                file.close();
            }
        }
    }

    /** Checks that the options fit together, and with a command that measures or only shows saved comparisons. */
    void check(boolean measures) {
        if (json && markdown) {
            throw CommandFailure.usage("--json and --markdown both write to stdout; choose one");
        }
        if (chart != null && ChartFormat.of(chart.toString()).isEmpty()) {
            throw CommandFailure.usage("--chart writes .svg and .png files, not " + chart);
        }
        if (!measures && save != null) {
            throw CommandFailure.usage("--save saves new measurements, but --merge measures nothing; remove one");
        }
    }

    Files reserve() {
        return new Files();
    }

    boolean showsProgress() {
        return !quiet && new Terminal(color).interactive();
    }

    boolean needsTimelines() {
        return save != null || html != null;
    }

    /** Writes comparisons from one or several machines to stdout and to the files. */
    void show(List<Comparison> all, List<String> differences, Files files) throws IOException {
        byte[] text = json
                ? json(all, differences)
                : (String.join("\n", markdown ? markdown(all, differences) : tables(all, differences)) + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        PrintStream out = System.out;
        out.write(text);
        out.flush();
        files.draw(all, differences);
    }

    private static byte[] json(List<Comparison> all, List<String> differences) throws IOException {
        return ComparisonFile.report(all, differences);
    }

    private static List<String> markdown(List<Comparison> all, List<String> differences) {
        List<String> lines = new ArrayList<>();
        for (Comparison comparison : all) {
            lines.addAll(ComparisonMarkdown.lines(comparison));
            lines.add("");
        }
        lines.addAll(differences.stream().map(SafeText::of).toList());
        return lines;
    }

    private List<String> tables(List<Comparison> all, List<String> differences) {
        Terminal terminal = new Terminal(color);
        TableStyle style = new TableStyle(WIDTH, terminal.colored() && Terminal.isTerminal(1), true);
        List<String> lines = new ArrayList<>();
        for (Comparison comparison : all) {
            lines.add(SafeText.of(comparison.comparedJob().command()));
            lines.add("%,d tasks; medians of %d runs, warm-up rounds: %d; %s"
                    .formatted(
                            comparison.tasks(),
                            comparison.rounds(),
                            comparison.setup().warmups(),
                            SafeText.of(comparison.machine().text())));
            lines.add("");
            lines.addAll(ComparisonTable.lines(comparison, style));
            if (all.size() > 1) {
                lines.add("");
            }
        }
        lines.addAll(differences.stream().map(SafeText::of).toList());
        return lines;
    }
}
