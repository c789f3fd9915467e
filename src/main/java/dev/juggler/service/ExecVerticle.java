package dev.juggler.service;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.exec.ExecWork;
import java.util.Map;
import java.util.Optional;

/**
 * Runs programs for anyone on the event bus: {@code {"command": "to-html", "input": "a.xml"}} to {@code juggler.exec}.
 *
 * <p>Configuration: {@code commands}, an object with the command lines that may be asked for, each a list of texts under
 * its name; {@code timeout} and {@code concurrency} are optional. No other command is run, whatever a request says.
 */
public final class ExecVerticle extends ServiceVerticle {
    /** Not deployed yet. */
    public ExecVerticle() {
        super("exec");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> into) {
        ServiceConfig commands = config.object("commands");
        if (commands.members().isEmpty()) {
            throw InvalidWorkException.usage("exec configuration: 'commands' names no command that may be run");
        }
        for (String name : commands.members()) {
            ExecSpec spec = new ExecSpec(commands.texts(name), false, ExecSpec.DEFAULT_MEMORY_LIMIT);
            into.put(name, ExecWork.prepare(spec));
        }
    }

    @Override
    Optional<String> selector() {
        return Optional.of("command");
    }

    @Override
    String inputMember() {
        return "input";
    }
}
