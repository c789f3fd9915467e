package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.OptionSyntax;
import dev.juggler.job.FetchSpec.FileNaming;
import java.util.Optional;

/** The options of fetch on how files are named. */
final class NameOptions {
    private String template;
    private boolean serverNames;

    /** Declares them. */
    void declare(OptionSyntax syntax) {
        syntax.value(
                "--output-template",
                "NAME",
                String.class,
                value -> template = value,
                "Name files below the output folder by {host}, {path}, {name}, {stem}, {ext} and {index}, as"
                        + " '{host}/{path}'. Default: {name}, the last segment of the URL's path.");
        syntax.flag(
                "--server-names",
                on -> serverNames = on,
                "Where the server sends a name (Content-Disposition), take it in place of the last segment.");
    }

    FileNaming names(boolean saves, SavingOptions saving) {
        if (!saves && (template != null || serverNames)) {
            throw CommandFailure.usage("--output-template and --server-names name files: name a folder with -o");
        }
        if (serverNames && saving.looksForFiles()) {
            throw CommandFailure.usage("--server-names does not go with --skip-existing and --newer:"
                    + " the name is only known once the body is on its way");
        }
        return new FileNaming(Optional.ofNullable(template), serverNames);
    }
}
