package dev.juggler.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import dev.juggler.job.Value;
import dev.juggler.job.Value.Computed;
import dev.juggler.job.Value.Exited;
import dev.juggler.job.Value.Fetched;
import dev.juggler.report.SafeText;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the values of tasks to stdout, for people or for the next program of a pipe. */
final class ResultPrinter implements OutcomeHandler {
    private final OutputStream out;
    private final OutputStream err;

    ResultPrinter(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            Value value = outcome.result().value();
            if (value != null && (outcome.succeeded() || value instanceof Exited)) {
                print(outcome, value);
            }
        }
        out.flush();
    }

    private void print(Outcome outcome, Value value) throws IOException {
        switch (value) {
            case Fetched fetched -> print(fetched, outcome.task().key());
            case Computed computed -> line(text(computed.json()));
            case Exited exited -> {
                print(exited.stdout(), out);
                print(exited.stderr(), err);
            }
        }
    }

    private void print(Fetched fetched, String url) throws IOException {
        String saved = fetched.path();
        if (saved == null) {
            line("Read " + fetched.bytes() + " from " + SafeText.of(url));
        } else {
            Path path = Path.of(saved);
            String what = switch (fetched.status()) {
                case 0 -> " already exists in ";
                case 304 -> " has not changed, in ";
                default -> " downloaded into ";
            };
            line(SafeText.of(path.getFileName() + what + path.getParent() + "/"));
        }
    }

    /** Writes all output of a program. Output too long for memory comes from a file, which is deleted afterwards. */
    private static void print(Value.Output output, OutputStream to) throws IOException {
        String spooled = output.file();
        if (spooled == null) {
            to.write(output.bytes());
        } else {
            try (InputStream file = new FileInputStream(spooled)) {
                file.transferTo(to);
            }
            Files.deleteIfExists(Path.of(spooled));
        }
    }

    static String text(@Nullable Object json) throws JsonProcessingException {
        return switch (json) {
            case null -> "null";
            case String text -> text;
            case Number number -> number.toString();
            default -> Json.MAPPER.writeValueAsString(json);
        };
    }

    /**
     * Created for the first value that needs it, since that takes a tenth of a start and most runs have no such value.
     */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
