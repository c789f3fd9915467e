package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.source.PageReader;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.fetch.PageFetch;
import java.io.IOException;
import java.util.Optional;

/** The options of fetch on URLs that an API tells. */
final class ApiOptions {
    String from;
    private String select;
    private String next;
    private int maxPages;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "--from",
                "URL",
                String.class,
                value -> from = value,
                "Fetch the links in the JSON at this URL. --header and --user then go to its origin alone.");
        syntax.value(
                "--select",
                "POINTER",
                String.class,
                value -> select = value,
                "Where the links are: a JSON Pointer in which * stands for all, as /data/*/link.");
        syntax.value(
                "--next",
                "POINTER",
                String.class,
                value -> next = value,
                "Where the link to the next page is, as /data/next; the last page has none, or null.");
        syntax.add(OptionSyntax.option(
                        "--max-pages",
                        Integer.class,
                        value -> maxPages = value,
                        "More pages are an error. Default: ${DEFAULT-VALUE}.")
                .paramLabel("N")
                .defaultValue("10000"));
    }

    void check() {
        if (from == null && (select != null || next != null)) {
            throw CommandFailure.usage("--select and --next need --from URL, the address of the API");
        }
        if (from != null && select == null) {
            throw CommandFailure.usage("--from needs --select POINTER, which says where the links are");
        }
        if (maxPages < 1) {
            throw CommandFailure.usage("--max-pages is at least 1, not " + maxPages);
        }
    }

    /** The links, read with this. */
    Source source(PageFetch fetch) {
        return Sources.api(new FetchedPages(fetch), from, select, Optional.ofNullable(next), maxPages);
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
}
