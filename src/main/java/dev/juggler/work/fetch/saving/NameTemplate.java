package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A template for file names below the output folder, such as <code>{host}/{path}</code>. Whatever the values, a name
 * stays below the folder: only the template and the path contribute slashes, and each part between them is a plain
 * name.
 */
public final class NameTemplate {
    /** The last segment of the path. */
    public static final NameTemplate DEFAULT = new NameTemplate("{name}");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final String text;

    private NameTemplate(String text) {
        this.text = text;
    }

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException when it has an unknown placeholder, leads out of the folder or names no file
     */
    public static NameTemplate parse(String text) {
        PLACEHOLDER.matcher(text).results().forEach(found -> check(found.group(1)));
        String rest = PLACEHOLDER.matcher(text).replaceAll("x");
        boolean escapes = Arrays.asList(rest.split("/", -1)).contains("..") || rest.startsWith("/");
        if (escapes || rest.isEmpty() || rest.endsWith("/") || rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw new IllegalArgumentException("--output-template '" + text
                    + "' does not name a file below the output folder: use one such as '{host}/{path}'");
        }
        return new NameTemplate(text);
    }

    private static void check(String placeholder) {
        switch (placeholder) {
            case "host", "path", "name", "stem", "ext", "index" -> {}
            default ->
                throw new IllegalArgumentException("--output-template: unknown placeholder {" + placeholder
                        + "}; use {host}, {path}, {name}, {stem}, {ext} or {index}");
        }
    }

    /** Returns whether the server's own name for the body may replace the last segment of the path. */
    boolean isDefault() {
        return this == DEFAULT;
    }

    /**
     * Returns the name for an input, with slashes between folders.
     *
     * @param index the index of the input from 0; the name counts from 1
     */
    public String name(HttpUrl target, long index) {
        return isDefault() ? UrlFileNames.of(target.path()) : name(target, UrlFileNames.of(target.path()), index);
    }

    /** Returns the name for an input with {@code last} as its plain name instead of the last segment of the path. */
    public String name(HttpUrl target, String last, long index) {
        if (isDefault()) {
            return last;
        }
        int dot = UrlFileNames.extensionAt(last);
        String filled = PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "host" -> target.origin().authority().replaceAll("[:\\[\\]]+", "_");
                            case "path" -> folders(target.path()) + last;
                            case "stem" -> last.substring(0, dot);
                            case "ext" -> dot == last.length() ? "" : last.substring(dot + 1);
                            case "index" -> Long.toString(index + 1);
                            default -> last;
                        }));
        return Arrays.stream(filled.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(UrlFileNames::safe)
                .collect(Collectors.joining("/"));
    }

    /** Returns all segments of a path except the last, decoded; an encoded slash does not separate segments. */
    private static String folders(String urlPath) {
        int query = urlPath.indexOf('?');
        String path = query < 0 ? urlPath : urlPath.substring(0, query);
        return Arrays.stream(path.substring(0, path.lastIndexOf('/')).split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment ->
                        UrlFileNames.safe(new String(PercentEncoding.decode(segment), StandardCharsets.UTF_8)) + "/")
                .collect(Collectors.joining());
    }
}
