package dev.juggler.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Links out of the JSON of an API, page after page: the next one is read when the links of the last one are used up.
 * The API stays where it is: a next page of another origin is refused, because it would be asked with this one's
 * headers.
 */
final class ApiSource implements Source {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PageReader pages;
    private final PointerPattern select;
    private final Optional<PointerPattern> next;
    private final int maxPages;
    private final URI first;
    private final Set<URI> seen = new HashSet<>();
    private final Deque<String> links = new ArrayDeque<>();
    private URI page;
    private long index;

    ApiSource(PageReader pages, String url, PointerPattern select, Optional<PointerPattern> next, int maxPages) {
        this.pages = pages;
        this.first = uri(url);
        this.page = first;
        this.select = select;
        this.next = next;
        this.maxPages = maxPages;
    }

    private static URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the address of the API is no URL: it has a character that stands in none", e);
        }
    }

    @Override
    public List<Task> next(int max) throws IOException {
        Sources.atLeastOne(max);
        while (links.isEmpty() && page != null) {
            readPage();
        }
        if (index == 0 && links.isEmpty()) {
            throw new IllegalArgumentException("--select '" + select.text() + "' selects nothing in " + shown(first)
                    + (seen.size() > 1 ? " and the " + (seen.size() - 1) + " pages after it" : ""));
        }
        List<Task> tasks = new ArrayList<>();
        while (tasks.size() < max && !links.isEmpty()) {
            tasks.add(new Task(index++, Input.url(links.removeFirst())));
        }
        return tasks;
    }

    private void readPage() throws IOException {
        URI now = page;
        page = null;
        if (!seen.add(now)) {
            throw new IOException("the pages of the API go in a circle: " + shown(now) + " comes again");
        }
        if (seen.size() > maxPages) {
            throw new IOException("the API has more than " + maxPages + " pages (--max-pages)");
        }
        JsonNode document = parse(now, pages.read(now.toString()));
        select.select(document, value -> links.add(link(now, value)));
        next.ifPresent(pointer -> pointer.select(document, value -> page = nextPage(now, value)));
    }

    private static JsonNode parse(URI url, byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    shown(url) + " is no JSON: line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    private String link(URI from, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("--select '" + select.text() + "' selects "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + " in " + shown(from) + ", and no link");
        }
        return resolved(from, value.textValue());
    }

    /** A link that is no URI by the letter is left as it is: whoever fetches it may understand it. */
    private static String resolved(URI from, String link) {
        try {
            if (link.startsWith("?")) {
                // By RFC 3986; the JDK goes by an older one, and would leave out the last segment.
                return from.toString().replaceFirst("[?#].*", "") + link;
            }
            return link.contains("://") ? link : from.resolve(link.strip()).toString();
        } catch (IllegalArgumentException notByTheLetter) {
            return link;
        }
    }

    private URI nextPage(URI from, JsonNode value) {
        boolean none = value.isNull()
                || value.isBoolean()
                || value.isTextual() && value.textValue().isBlank();
        if (none) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("--next '" + next.get().text() + "' selects "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + " in " + shown(from) + ", and no link");
        }
        URI to = uri(resolved(from, value.textValue()));
        if (!origin(to).equals(origin(first))) {
            throw new IllegalArgumentException("the next page leaves " + origin(first) + " for " + origin(to)
                    + ": refused, because it would be asked with headers that are for " + origin(first));
        }
        return to;
    }

    private static String origin(URI url) {
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return (url.getScheme() + "://" + url.getHost() + ":" + (url.getPort() < 0 ? usual : url.getPort()))
                .toLowerCase(Locale.ROOT);
    }

    private static String shown(URI url) {
        return Input.url(url.toString()).key();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
