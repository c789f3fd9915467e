package dev.juggler.work.fetch;

import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.Excerpt;
import dev.juggler.work.fetch.saving.Checksum;
import dev.juggler.work.fetch.url.HttpUrl;
import dev.juggler.work.fetch.url.InvalidUrlException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed input: a URL and, after a space, {@code ALGORITHM=HEX} if the checksum of its body is known.
 *
 * @param checksum the expected checksum, or null
 */
record FetchInput(HttpUrl target, @Nullable Checksum checksum) {
    private static final Pattern CHECKSUM = Pattern.compile("\\s([A-Za-z][A-Za-z0-9_-]{0,15})=(\\S*)$");

    /** A checksum with a colon or a space in place of the equals sign. */
    private static final Pattern MISSPELT_CHECKSUM =
            Pattern.compile("\\s([A-Za-z][A-Za-z0-9_-]{0,15})(?:\\s*:\\s*|\\s+=?\\s*|=\\s+)([0-9A-Fa-f]+)$");

    private static final Pattern COMMENT = Pattern.compile("\\s#");

    /** A digit, as in names of algorithms; the end of a query with a raw space seldom has one. */
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /** Too many hexadecimal digits for such a query. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{16,}");

    /**
     * Parses the input of a task, including the user and password that its key omits.
     *
     * @throws InvalidUrlException when the URL or the checksum is invalid
     */
    static FetchInput of(Task task) throws InvalidUrlException {
        return parse(task.input() instanceof Input.Url url ? url.value() : task.key());
    }

    /**
     * Parses a line.
     *
     * @throws InvalidUrlException when the URL or the checksum is invalid
     */
    static FetchInput parse(String line) throws InvalidUrlException {
        String text = line.strip();
        if (text.indexOf(' ') < 0 && text.indexOf('\t') < 0) {
            return new FetchInput(HttpUrl.parse(text), null);
        }
        rejectLookalikes(text);
        Matcher checksum = CHECKSUM.matcher(text);
        return checksum.find() && isMeant(checksum.group(1), checksum.group(2))
                ? new FetchInput(
                        HttpUrl.parse(text.substring(0, checksum.start())),
                        Checksum.parse(checksum.group(1), checksum.group(2)))
                : new FetchInput(HttpUrl.parse(text), null);
    }

    /**
     * Rejects what is written after a URL in other tools' lists. Taken for a part of the URL, it would be requested,
     * and the body would go unchecked.
     */
    private static void rejectLookalikes(String text) throws InvalidUrlException {
        Matcher misspelt = MISSPELT_CHECKSUM.matcher(text);
        if (misspelt.find() && Checksum.isKnown(misspelt.group(1))) {
            throw new InvalidUrlException("its checksum is misspelt; write it as "
                    + misspelt.group(1).toLowerCase(Locale.ROOT) + "=" + Excerpt.of(misspelt.group(2)));
        }
        if (COMMENT.matcher(text).find()) {
            throw new InvalidUrlException("a comment follows it; write comments on lines of their own");
        }
    }

    /** Returns whether this is meant as a checksum, valid or not: a mistyped one must not go unchecked. */
    private static boolean isMeant(String name, String value) {
        return Checksum.isKnown(name)
                || DIGIT.matcher(name).find()
                || DIGEST.matcher(value).matches();
    }

    /** Returns the result of a task with an invalid input; it shows no login. */
    static Result invalid(Task task, InvalidUrlException why) {
        String key = task.key();
        String shown = Excerpt.of(key.substring(key.lastIndexOf('@') + 1));
        return new Result.Failed(
                TaskError.permanent("bad-url", "'" + shown + "' cannot be fetched: " + why.getMessage()));
    }
}
