package dev.juggler.cli.run;

import dev.juggler.access.Variables;
import dev.juggler.cli.command.SecretOptions;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import java.util.List;

/** Masks the secrets in arguments of fetch for output. */
final class SecretArguments {
    private final FetchOptionValues values;
    private final List<String> headers;

    /** @param headers the values of {@code --header}, as they were written */
    SecretArguments(FetchOptionValues values, List<String> headers) {
        this.values = values;
        this.headers = headers;
    }

    /**
     * Returns an argument with its secrets replaced by {@link SecretOptions#MASK}. The value of an option is all of it,
     * or its end.
     */
    String masked(String argument) {
        String text = argument;
        String user = values.find(FetchOptions.USER).orElse("");
        if (user.contains(LoginPrompt.SEPARATOR) && !Variables.hasReference(user)) {
            String name = user.substring(0, user.indexOf(LoginPrompt.SEPARATOR) + 1);
            text = replaceEnd(text, user, name + SecretOptions.MASK);
        }
        String proxy = values.find(FetchOptions.PROXY).orElse("");
        if (proxy.contains("@") && !Variables.hasReference(proxy)) {
            text = replaceEnd(text, proxy, proxy.replaceFirst("[^/@]*@", SecretOptions.MASK + "@"));
        }
        for (String header : headers) {
            if (text.endsWith(header)) {
                return replaceEnd(text, header, withoutValue(header));
            }
        }
        return text;
    }

    private static String withoutValue(String header) {
        SecretOptions secrets = new SecretOptions();
        FetchOptionValues.NONE
                .with(FetchOptions.HEADERS, FetchOptions.HEADERS.parse(List.of(header)))
                .hide(secrets::hide);
        return secrets.values().isEmpty()
                ? header
                : header.substring(0, header.indexOf(':')).strip() + ": " + SecretOptions.MASK;
    }

    private static String replaceEnd(String text, String end, String other) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) + other : text;
    }
}
