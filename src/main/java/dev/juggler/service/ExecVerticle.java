package dev.juggler.service;

import dev.juggler.job.WorkSpec.ExecSpec;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import dev.juggler.work.exec.ExecWork;
import java.util.Map;
import java.util.Optional;

/**
 * Runs programs for any client on the event bus. A request is {@code {"command": "to-html", "input": "a.xml"}}, sent to
 * {@code juggler.exec}.
 *
 * <p>Configuration: {@code commands}, an object with the command lines that requests may name, each a list of strings
 * under its name; {@code timeout} and {@code concurrency} are optional. No other command is ever run.
 */
public final class ExecVerticle extends ServiceVerticle {
    /** Creates a verticle; Vert.x calls this to deploy it by name. */
    public ExecVerticle() {
        super("exec");
    }

    @Override
    void prepare(ServiceConfig config, Map<String, WorkProvider> providers) {
        ServiceConfig commands = config.object("commands");
        if (commands.members().isEmpty()) {
            throw InvalidWorkException.usage(
                    "exec configuration: 'commands' is empty; list the commands that requests may name");
        }
        for (String name : commands.members()) {
            ExecSpec spec = new ExecSpec(commands.strings(name), false, ExecSpec.DEFAULT_MEMORY_LIMIT);
            providers.put(name, ExecWork.prepare(spec));
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
