package org.saddlepoint.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code data}: what can be learned from. */
@Command(
        name = "data",
        description = "Looks at data before the first step, and prepares it.",
        subcommands = {DataInspectCommand.class, DataPrepareCommand.class})
final class DataCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
