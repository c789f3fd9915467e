package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.SecretOptions;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.job.FetchSpec.Saving;
import dev.juggler.job.Input;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.fetch.FetchWork;
import dev.juggler.work.fetch.PageFetch;
import dev.juggler.work.fetch.http.FetchSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code fetch}. */
public final class FetchCommand extends JobCommand {
    private List<String> urls = List.of();
    private String outputDir;
    private String method;
    private List<String> headers = List.of();
    private String data;
    private int maxRedirects;
    private boolean literal;
    private final SavingOptions savingOptions = new SavingOptions();
    private final TransferOptions transfer = new TransferOptions();
    private final AccessOptions access = new AccessOptions();
    private final ApiOptions api = new ApiOptions();
    private final NameOptions names = new NameOptions();

    public FetchCommand(CommandTail tail) {
        super(tail);
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Reads, or with -o downloads, many URLs.");
        syntax.footer(
                "",
                "  juggler fetch https://example.org/page/{1..30}",
                "  juggler fetch -i urls.txt -o downloads --retries 3 --journal run.jsonl");
        syntax.arguments(0, "URL", String.class, all -> urls = all, "URLs; {1..100} and {a,b} stand for many.");
        syntax.value(
                "-o, --output-dir",
                "DIR",
                String.class,
                value -> outputDir = value,
                "Save each body into this folder.");
        syntax.value(
                "-X, --method",
                "METHOD",
                String.class,
                value -> method = value,
                "HTTP method. Default: GET, or POST with --data.");
        syntax.values(
                "-H, --header",
                "'NAME: VALUE'",
                String.class,
                all -> headers = all,
                "Send this header to the origin of the URL, and to no other. May be repeated.");
        syntax.value("-d, --data", "TEXT", String.class, value -> data = value, "Send this body.");
        syntax.value(
                "--max-redirects", "N", Integer.class, value -> maxRedirects = value, "Default: ${DEFAULT-VALUE}.");
        syntax.flag("--literal", on -> literal = on, "Braces in URLs stand for themselves.");
        savingOptions.declare(syntax);
        transfer.declare(syntax);
        access.declare(syntax);
        api.declare(syntax);
        names.declare(syntax);
    }

    @Override
    PerGroup perGroup() {
        return transfer.perHost();
    }

    @Override
    public WorkSpec work() {
        return spec(new SecretOptions());
    }

    private FetchSpec spec(SecretOptions secrets) {
        api.check();
        if (maxRedirects < 0) {
            throw CommandFailure.usage("--max-redirects is at least 0, not " + maxRedirects);
        }
        List<Header> sent = headers.stream().map(text -> header(text, secrets)).toList();
        return new FetchSpec(
                new Request(method(), sent, Optional.ofNullable(data)),
                api.from == null
                        ? access.access(secrets)
                        : access.access(secrets).at(api.from),
                new Saving(Optional.ofNullable(outputDir), showsRows())
                        .with(savingOptions.care(outputDir != null, run()))
                        .with(names.names(outputDir != null, savingOptions)),
                transfer.bounds(maxRedirects, outputDir != null));
    }

    /** As curl has it: a body is posted, unless the user says otherwise. */
    private String method() {
        String otherwise = data == null ? "GET" : "POST";
        return method == null ? otherwise : method.toUpperCase(Locale.ROOT);
    }

    private static Header header(String text, SecretOptions secrets) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            // Not shown: it may be a token in the wrong place.
            throw CommandFailure.usage("a --header has no name: write 'NAME: VALUE'");
        }
        Header header = new Header(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        return header.isHarmless() ? header : new Header(header.name(), secrets.hide(header.value()));
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = new ArrayList<>();
        lists.open(urls, literal ? ExpansionMode.LITERAL : ExpansionMode.BRACES).stream()
                .map(Sources::urls)
                .forEach(sources::add);
        if (api.from != null) {
            access.complete();
            SecretOptions secrets = new SecretOptions();
            sources.add(api.source(PageFetch.prepare(spec(secrets), secrets.values(), RetryPolicy.of(run().retries))));
        }
        return sources;
    }

    @Override
    WorkProvider prepare(WorkSpec work) {
        access.complete();
        SecretOptions secrets = new SecretOptions();
        // The same spec again, this time with the password that was asked for.
        spec(secrets);
        return FetchWork.prepare((FetchSpec) work, FetchSettings.DEFAULT, secrets.values());
    }

    @Override
    String shown(String argument) {
        String text = urls.contains(argument) || argument.equals(api.from)
                ? Input.url(argument).key()
                : access.shown(argument);
        return headers.stream()
                .filter(header -> text.endsWith(header))
                .findFirst()
                .map(header -> text.substring(0, text.length() - header.length()) + masked(header))
                .orElse(text);
    }

    private static String masked(String header) {
        Header hidden = header(header, new SecretOptions());
        return hidden.value().startsWith("${_") ? hidden.name() + ": " + SecretOptions.MASK : header;
    }

    @Override
    String preview(WorkSpec work, Task task) {
        return method() + " " + task.key();
    }
}
