package org.saddlepoint.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code saddlepoint}: trains GANs, draws from them, and says what it did. */
@Command(
        name = "saddlepoint",
        description = "Generative adversarial networks: trained, measured and explained.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            SampleCommand.class,
            RecipesCommand.class,
            DataCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Start with:",
            "  saddlepoint train                    digits, about two minutes on two cores",
            "  saddlepoint train --data FOLDER      your pictures",
            "  saddlepoint train gan --data ring8   points in the plane"
        })
public final class Main implements Runnable {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "On failure, show where in the program it happened.")
    private boolean stacktrace;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private Main() {}

    /** Runs one command and ends the process: 0 done, 1 failed, 2 wrong usage, 3 training diverged. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and answers its exit code. */
    public static int run(String... arguments) {
        Main main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, result) -> Failures.report(failure, command.getErr(), main.stacktrace))
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
