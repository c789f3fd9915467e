package dev.juggler.work.fetch.saving;

import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How inputs are named below the output folder, such as <code>{host}/{path}</code>. Whatever is put in, a name stays
 * below the folder: slashes come from the template and from the path alone, and each part between them is a plain name.
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
     * Reads a template.
     *
     * @throws IllegalArgumentException when it has an unknown placeholder, leads out of the folder or names none
     */
    public static NameTemplate parse(String text) {
        PLACEHOLDER.matcher(text).results().forEach(found -> check(found.group(1)));
        String rest = PLACEHOLDER.matcher(text).replaceAll("x");
        boolean leaves = Arrays.asList(rest.split("/", -1)).contains("..") || rest.startsWith("/");
        if (leaves || rest.isEmpty() || rest.endsWith("/") || rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw new IllegalArgumentException("--output-template '" + text
                    + "' names no file below the output folder: write one such as '{host}/{path}'");
        }
        return new NameTemplate(text);
    }

    private static void check(String placeholder) {
        switch (placeholder) {
            case "host", "path", "name", "stem", "ext", "index" -> {}
            default ->
                throw new IllegalArgumentException("--output-template: there is no {" + placeholder
                        + "}; there are {host}, {path}, {name}, {stem}, {ext} and {index}");
        }
    }

    /** Returns whether the server's own name for the body could stand in place of the last segment of the path. */
    boolean isDefault() {
        return this == DEFAULT;
    }

    /**
     * The name of an input, with slashes between folders.
     *
     * @param index the place of the input, counted from 0; the name counts from 1
     */
    public String name(HttpUrl target, long index) {
        return isDefault() ? UrlFileNames.of(target.path()) : name(target, UrlFileNames.of(target.path()), index);
    }

    /** The same with this plain name in place of the last segment of the path. */
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

    /** The segments of a path but the last, decoded; a slash that was encoded is no slash. */
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
