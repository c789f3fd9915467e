package dev.juggler.cli;

import dev.juggler.access.Netrc;
import dev.juggler.access.Variables;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of fetch on who asks, and by which way. */
final class AccessOptions {
    private static final String PASSWORD = ":";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME[:PASSWORD]",
            description = "Log in at the origins of the URLs. Without a password it is asked for on the terminal; "
                    + "'NAME:$${VARIABLE}' takes it from the environment or from --env-file.")
    private String user;

    @Option(
            names = "--digest",
            description = "Never send a password itself: wait for the server to ask for a digest of it. "
                    + "Without this a digest is sent when the server refuses the password.")
    private boolean digest;

    @Option(names = "--netrc", description = "Log in as $$NETRC or ~/.netrc says for the host.")
    private boolean netrc;

    @Option(names = "--netrc-file", paramLabel = "FILE", description = "Log in as this file says for the host.")
    private String netrcFile;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Lines NAME=VALUE for $${NAME} in --header, --user and --proxy; the environment goes before.")
    private String envFile;

    @Option(
            names = "--cookie-jar",
            paramLabel = "FILE",
            description = "Read cookies from this file, share them among all workers, and write them back at the end.")
    private String cookieJar;

    @Option(names = "--no-cookies", description = "Send no cookies back.")
    private boolean noCookies;

    @Option(names = "--cacert", paramLabel = "FILE", description = "Trust the authorities in this PEM file, no others.")
    private String cacert;

    @Option(names = "--cert", paramLabel = "FILE", description = "Show servers the certificate in this PEM file.")
    private String cert;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, when it is in a file of its own.")
    private String key;

    @Option(names = "--insecure", description = "Take any server for the one it says it is.")
    private boolean insecure;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "http://HOST:PORT, or socks5://HOST:PORT, maybe with USER:PASSWORD@; '' for none. "
                    + "Default: http_proxy, https_proxy and all_proxy in the environment.")
    private String proxy;

    @Option(names = "--noproxy", paramLabel = "HOSTS", description = "Hosts without one. Default: no_proxy.")
    private String noProxy;

    @Option(names = "--allow-downgrade", description = "Follow redirects from https to http.")
    private boolean allowDowngrade;

    private boolean warned;

    /** What the job's spec says; the secrets go past it. */
    Access access(Secrets secrets) {
        if (noCookies && cookieJar != null) {
            throw CommandFailure.usage("--no-cookies and --cookie-jar do not go together: choose one");
        }
        return new Access(
                Optional.ofNullable(user).map(secrets::hide),
                digest,
                netrcFile(),
                Optional.ofNullable(envFile),
                !noCookies,
                Optional.ofNullable(cookieJar),
                new Certificates(
                        Optional.ofNullable(cacert), Optional.ofNullable(cert), Optional.ofNullable(key), insecure),
                Optional.ofNullable(proxy).map(text -> text.contains("@") ? secrets.hide(text) : text),
                Optional.ofNullable(noProxy),
                allowDowngrade,
                Optional.empty());
    }

    private Optional<String> netrcFile() {
        return Optional.ofNullable(netrcFile)
                .or(() -> netrc ? Optional.of(Netrc.usual().toString()) : Optional.empty());
    }

    /** Warns of what is risky, and asks for the password that was left out. Before a run, not before a dry one. */
    void complete() {
        if (insecure && !warned) {
            warned = true;
            Errors.tell(
                    "warning: --insecure: nobody checks who the servers are; anyone on the way can read and change");
        }
        if (user != null && !user.contains(PASSWORD) && !Variables.refers(user)) {
            user = user + PASSWORD + password();
        }
    }

    private String password() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw CommandFailure.usage("--user has no password, and there is no terminal to ask for it: write"
                    + " '--user NAME:${VARIABLE}' and set the variable");
        }
        char[] typed = console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw CommandFailure.usage("no password was given");
        }
        return new String(typed);
    }

    /** An argument as it may be shown. */
    String shown(String argument) {
        String text =
                masked(argument, user, user == null ? null : user.replaceFirst(":.*", "") + PASSWORD + Secrets.MASK);
        return masked(text, proxy, proxy == null ? null : proxy.replaceFirst("[^/@]*@", Secrets.MASK + "@"));
    }

    /** An option's value is an argument, or the end of one. */
    private static String masked(String argument, String value, String mask) {
        boolean secret = value != null && value.matches("(?s).*[:@].*") && !Variables.refers(value);
        return secret && argument.endsWith(value)
                ? argument.substring(0, argument.length() - value.length()) + mask
                : argument;
    }
}
