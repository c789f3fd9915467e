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
import org.jspecify.annotations.Nullable;

/**
 * Reads links from the JSON of an API page by page. The next page is read when all links of the current one are used. A
 * next page of another origin is rejected, because the request would contain headers that are meant for the first one.
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
    /** The next page to read; null when there is none. */
    private @Nullable URI page;

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
                    "the address of the API is not a URL: it has a character that no URL may contain", e);
        }
    }

    @Override
    public List<Task> next(int max) throws IOException {
        Sources.atLeastOne(max);
        for (URI now = page; links.isEmpty() && now != null; now = page) {
            readPage(now);
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

    private void readPage(URI now) throws IOException {
        page = null;
        if (!seen.add(now)) {
            throw new IOException("the pages of the API form a loop: " + shown(now) + " was already read");
        }
        if (seen.size() > maxPages) {
            throw new IOException("the API has more than " + maxPages + " pages: raise --max-pages to read more");
        }
        JsonNode document = parse(now, pages.read(now.toString()));
        select.select(document, value -> links.add(link(now, value)));
        next.ifPresent(pointer -> pointer.select(
                document, value -> page = nextPage(pointer, now, value).orElse(null)));
    }

    private static JsonNode parse(URI url, byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    shown(url) + " is not JSON: line " + e.getLocation().getLineNr() + ": "
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

    /** Resolves a link. One that is not a valid URI is left unchanged, because the fetch may accept it. */
    private static String resolved(URI from, String link) {
        try {
            if (link.startsWith("?")) {
                // By RFC 3986. The JDK implements an older RFC, which would drop the last segment.
                return from.toString().replaceFirst("[?#].*", "") + link;
            }
            return link.contains("://") ? link : from.resolve(link.strip()).toString();
        } catch (IllegalArgumentException invalid) {
            return link;
        }
    }

    private Optional<URI> nextPage(PointerPattern pointer, URI from, JsonNode value) {
        boolean none = value.isNull()
                || value.isBoolean()
                || value.isTextual() && value.textValue().isBlank();
        if (none) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("--next '" + pointer.text() + "' selects "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + " in " + shown(from) + ", and no link");
        }
        URI to = uri(resolved(from, value.textValue()));
        if (!origin(to).equals(origin(first))) {
            throw new IllegalArgumentException("the next page leaves " + origin(first) + " for " + origin(to)
                    + ": rejected, because the request would contain headers that are for " + origin(first));
        }
        return Optional.of(to);
    }

    private static String origin(URI url) {
        int defaultPort = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return (url.getScheme() + "://" + url.getHost() + ":" + (url.getPort() < 0 ? defaultPort : url.getPort()))
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
