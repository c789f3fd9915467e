package dev.juggler.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logins by host from a {@code .netrc} as ftp and curl read it: words {@code machine HOST login USER password PASS},
 * {@code default} for all other hosts, {@code macdef} up to an empty line, {@code #} comments, quoted words.
 */
public final class Netrc {
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"(?=\\s|$)|([^\\s\"]\\S*)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, UserCredentials> logins = new HashMap<>();
    private Optional<UserCredentials> defaultLogin = Optional.empty();

    /** A word and its line number, for messages. */
    private record Word(String text, boolean quoted, int line) {
        boolean is(String keyword) {
            return !quoted && text.equals(keyword);
        }
    }

    private Netrc(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be read or is malformed; the message gives the line
     */
    public static Netrc read(Path file) {
        Netrc netrc = new Netrc(file);
        netrc.parse(netrc.words(netrc.lines()));
        return netrc;
    }

    /** Returns the default file: {@code $NETRC}, else {@code .netrc} in the home folder. */
    public static Path defaultFile() {
        String named = System.getenv("NETRC");
        return named != null && !named.isEmpty() ? Path.of(named) : Path.of(System.getProperty("user.home"), ".netrc");
    }

    private List<String> lines() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("the netrc file " + file + " is larger than 1 MiB");
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the netrc file " + file + ": " + FileErrorText.of(e), e);
        }
    }

    private List<Word> words(List<String> lines) {
        List<Word> words = new ArrayList<>();
        boolean macro = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            macro &= !line.isEmpty();
            if (!macro && !line.startsWith("#")) {
                macro = split(line, i + 1, words);
            }
        }
        return words;
    }

    /** Splits a line into words; returns whether a macro begins, which continues on the next lines. */
    private boolean split(String line, int number, List<Word> words) {
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find(end)) {
            if (!line.substring(end, word.start()).isBlank()) {
                throw invalid(number, "a quotation mark is not closed");
            }
            boolean quoted = word.group(1) != null;
            Word found = new Word(quoted ? unquoted(word.group(1)) : word.group(2), quoted, number);
            if (found.is("macdef")) {
                return true;
            }
            words.add(found);
            end = word.end();
        }
        if (!line.substring(end).isBlank()) {
            throw invalid(number, "a quotation mark is not closed");
        }
        return false;
    }

    private static String unquoted(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        switch (escape.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> escape.group(1);
                        }));
    }

    private void parse(List<Word> words) {
        int at = 0;
        while (at < words.size()) {
            Word first = words.get(at++);
            @Nullable String host = null;
            if (first.is("machine")) {
                host = value(words, at++, first).toLowerCase(Locale.ROOT);
            } else if (!first.is("default")) {
                throw invalid(first.line, "expected 'machine' or 'default'");
            }
            at = entry(words, at, host);
        }
    }

    private int entry(List<Word> words, int start, @Nullable String host) {
        String user = "";
        String password = "";
        int at = start;
        while (at < words.size()
                && !words.get(at).is("machine")
                && !words.get(at).is("default")) {
            Word keyword = words.get(at);
            String value = value(words, at + 1, keyword);
            switch (keyword.quoted ? "" : keyword.text) {
                case "login" -> user = value;
                case "password" -> password = value;
                case "account" -> {}
                // Not quoted: it may be part of a password with a space in it.
                default -> throw invalid(keyword.line, "expected 'login', 'password', 'account' or the next 'machine'");
            }
            at += 2;
        }
        UserCredentials login = new UserCredentials(user, password);
        if (host == null) {
            defaultLogin = Optional.of(defaultLogin.orElse(login));
        } else {
            logins.putIfAbsent(host, login);
        }
        return at;
    }

    private String value(List<Word> words, int at, Word keyword) {
        if (at >= words.size()) {
            throw invalid(keyword.line, "the last word has no value");
        }
        return words.get(at).text;
    }

    private IllegalArgumentException invalid(int line, String why) {
        return new IllegalArgumentException("the netrc file " + file + " is invalid: line " + line + ": " + why);
    }

    /** Returns the login for a host in lower case: the first of several, or the default. */
    public Optional<UserCredentials> login(String host) {
        UserCredentials login = logins.get(host);
        return login == null ? defaultLogin : Optional.of(login);
    }
}
