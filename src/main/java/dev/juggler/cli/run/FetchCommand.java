package dev.juggler.cli.run;

import dev.juggler.access.Variables;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.CommandTail;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.SecretOptions;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.PartialBodyPolicy;
import dev.juggler.job.FetchSpecBuilder;
import dev.juggler.job.Input;
import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.option.FetchOption.Spelling;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.option.NameStyle;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.PageReader;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.fetch.FetchWork;
import dev.juggler.work.fetch.PageFetch;
import dev.juggler.work.fetch.http.FetchSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The command {@code fetch}. */
public final class FetchCommand extends JobCommand {
    private final FetchCommandOptions options = new FetchCommandOptions();
    private List<String> urls = List.of();
    private boolean literal;

    /** Values of the options; null until their first use, after the command line has been parsed. */
    private @Nullable FetchOptionValues values;

    private boolean warned;

    public FetchCommand(CommandTail tail) {
        super(tail);
    }

    @Override
    public void declare(OptionSyntax syntax) {
        super.declare(syntax);
        syntax.describe("Fetches URLs; with -o, saves them as files.");
        syntax.footer(
                "",
                "  juggler fetch https://example.org/page/{1..30}",
                "  juggler fetch -i urls.txt -o downloads --retries 3 --journal run.jsonl");
        syntax.arguments(0, "URL", String.class, all -> urls = all, "URLs; {1..100} and {a,b} expand to many.");
        syntax.flag("--literal", on -> literal = on, "Do not expand braces in URLs.");
        options.declare(syntax);
    }

    /**
     * Returns the unchecked values of the options with the selected spellings; for commands that send the job
     * elsewhere.
     */
    public FetchOptionValues options(Predicate<Spelling<?>> which) {
        return options.values(which);
    }

    private FetchOptionValues values() {
        FetchOptionValues known = values;
        if (known == null) {
            known = options.values();
            values = known;
        }
        return known;
    }

    @Override
    PerGroup perGroup() {
        return values().perOrigin();
    }

    @Override
    public WorkSpec work() {
        return spec(new SecretOptions());
    }

    private FetchSpec spec(SecretOptions secrets) {
        try {
            values().check(NameStyle.COMMAND_LINE);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
        FetchSpecBuilder builder = FetchSpec.builder()
                .digest(showsRows())
                .flush(run().journal != null)
                .partialBodies(run().retries > 0 ? PartialBodyPolicy.NEXT_TRY : PartialBodyPolicy.NEVER);
        return values().hide(secrets::hide).applyTo(builder).build();
    }

    @Override
    List<Source> sources(InputOptions lists) throws IOException {
        List<Source> sources = new ArrayList<>();
        lists.open(urls, literal ? ExpansionMode.LITERAL : ExpansionMode.BRACES).stream()
                .map(Sources::urls)
                .forEach(sources::add);
        Optional<String> from = values().find(FetchOptions.FROM);
        if (from.isPresent()) {
            sources.add(api(from.get()));
        }
        return sources;
    }

    private Source api(String url) throws IOException {
        complete();
        SecretOptions secrets = new SecretOptions();
        PageFetch fetch = PageFetch.prepare(spec(secrets), secrets.values(), RetryPolicy.of(run().retries));
        return Sources.api(
                new FetchedPages(fetch),
                url,
                values().get(FetchOptions.SELECT),
                values().find(FetchOptions.NEXT),
                values().get(FetchOptions.MAX_PAGES));
    }

    private record FetchedPages(PageFetch fetch) implements PageReader {
        @Override
        public byte[] read(String url) throws IOException {
            return fetch.read(url);
        }

        @Override
        public void close() throws IOException {
            fetch.close();
        }
    }

    @Override
    WorkProvider prepare(WorkSpec work) {
        complete();
        SecretOptions secrets = new SecretOptions();
        // Builds the spec again, now with the typed password.
        spec(secrets);
        return FetchWork.prepare((FetchSpec) work, FetchSettings.DEFAULT, secrets.values());
    }

    /** Warns of risky options, and prompts for a missing password: before a run, but not before a dry one. */
    private void complete() {
        if (values().isSet(FetchOptions.INSECURE) && !warned) {
            warned = true;
            CommandErrors.tell(
                    "warning: --insecure: certificates are not verified; anyone on the network path can read and"
                            + " change the transferred data");
        }
        values().find(FetchOptions.USER)
                .filter(user -> !user.contains(LoginPrompt.SEPARATOR) && !Variables.hasReference(user))
                .ifPresent(user -> values =
                        values().with(FetchOptions.USER, user + LoginPrompt.SEPARATOR + LoginPrompt.password(user)));
    }

    @Override
    String shown(String argument) {
        boolean url = urls.contains(argument)
                || values().find(FetchOptions.FROM).filter(argument::equals).isPresent();
        return url
                ? Input.url(argument).key()
                : new SecretArguments(values(), options.texts(FetchOptions.HEADERS)).masked(argument);
    }

    @Override
    String preview(WorkSpec work, Task task) {
        return ((FetchSpec) work).request().method() + " " + task.key();
    }
}
