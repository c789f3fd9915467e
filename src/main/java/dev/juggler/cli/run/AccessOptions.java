package dev.juggler.cli.run;

import dev.juggler.access.Netrc;
import dev.juggler.access.Variables;
import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.cli.command.SecretOptions;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.Certificates;
import java.io.Console;
import java.util.Optional;

/** The options of fetch on who asks, and by which way. */
final class AccessOptions {
    private static final String PASSWORD = ":";

    private String user;
    private boolean digest;
    private boolean netrc;
    private String netrcFile;
    private String envFile;
    private String cookieJar;
    private boolean noCookies;
    private String cacert;
    private String cert;
    private String key;
    private boolean insecure;
    private String proxy;
    private String noProxy;
    private boolean allowDowngrade;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "-u, --user",
                "NAME[:PASSWORD]",
                String.class,
                value -> user = value,
                "Log in at the origins of the URLs. Without a password it is asked for on the terminal; "
                        + "'NAME:$${VARIABLE}' takes it from the environment or from --env-file.");
        syntax.flag(
                "--digest",
                on -> digest = on,
                "Never send a password itself: wait for the server to ask for a digest of it. "
                        + "Without this a digest is sent when the server refuses the password.");
        syntax.flag("--netrc", on -> netrc = on, "Log in as $$NETRC or ~/.netrc says for the host.");
        syntax.value(
                "--netrc-file",
                "FILE",
                String.class,
                value -> netrcFile = value,
                "Log in as this file says for the host.");
        syntax.value(
                "--env-file",
                "FILE",
                String.class,
                value -> envFile = value,
                "Lines NAME=VALUE for $${NAME} in --header, --user and --proxy; the environment goes before.");
        syntax.value(
                "--cookie-jar",
                "FILE",
                String.class,
                value -> cookieJar = value,
                "Read cookies from this file, share them among all workers, and write them back at the end.");
        syntax.flag("--no-cookies", on -> noCookies = on, "Send no cookies back.");
        syntax.value(
                "--cacert",
                "FILE",
                String.class,
                value -> cacert = value,
                "Trust the authorities in this PEM file, no others.");
        syntax.value(
                "--cert",
                "FILE",
                String.class,
                value -> cert = value,
                "Show servers the certificate in this PEM file.");
        syntax.value(
                "--key",
                "FILE",
                String.class,
                value -> key = value,
                "Its private key, when it is in a file of its own.");
        syntax.flag("--insecure", on -> insecure = on, "Take any server for the one it says it is.");
        syntax.value(
                "--proxy",
                "URL",
                String.class,
                value -> proxy = value,
                "http://HOST:PORT, or socks5://HOST:PORT, maybe with USER:PASSWORD@; '' for none. "
                        + "Default: http_proxy, https_proxy and all_proxy in the environment.");
        syntax.value(
                "--noproxy", "HOSTS", String.class, value -> noProxy = value, "Hosts without one. Default: no_proxy.");
        syntax.flag("--allow-downgrade", on -> allowDowngrade = on, "Follow redirects from https to http.");
    }

    private boolean warned;

    /** What the job's spec says; the secrets go past it. */
    Access access(SecretOptions secrets) {
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
                .or(() -> netrc ? Optional.of(Netrc.defaultFile().toString()) : Optional.empty());
    }

    /** Warns of what is risky, and asks for the password that was left out. Before a run, not before a dry one. */
    void complete() {
        if (insecure && !warned) {
            warned = true;
            CommandErrors.tell(
                    "warning: --insecure: nobody checks who the servers are; anyone on the way can read and change");
        }
        if (user != null && !user.contains(PASSWORD) && !Variables.hasReference(user)) {
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
        String text = masked(
                argument, user, user == null ? null : user.replaceFirst(":.*", "") + PASSWORD + SecretOptions.MASK);
        return masked(text, proxy, proxy == null ? null : proxy.replaceFirst("[^/@]*@", SecretOptions.MASK + "@"));
    }

    /** An option's value is an argument, or the end of one. */
    private static String masked(String argument, String value, String mask) {
        boolean secret = value != null && value.matches("(?s).*[:@].*") && !Variables.hasReference(value);
        return secret && argument.endsWith(value)
                ? argument.substring(0, argument.length() - value.length()) + mask
                : argument;
    }
}
