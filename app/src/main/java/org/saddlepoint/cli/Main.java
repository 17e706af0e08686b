package org.saddlepoint.cli;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.saddlepoint.places.UserHome;
import org.saddlepoint.training.Precision;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
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
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private static final String HELP = "help";

    /** In the order of the help. */
    static final List<Class<?>> COMMANDS = List.of(
            TrainCommand.class,
            CompareCommand.class,
            ResumeCommand.class,
            SampleCommand.class,
            StylesCommand.class,
            TranslateCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            EvaluateCommand.class,
            StudioCommand.class,
            ServeCommand.class,
            DiagnoseCommand.class,
            DiagnoseLogsCommand.class,
            DiagnoseCatalogueCommand.class,
            RecipesCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            TrainExtractorCommand.class,
            PackPicturesCommand.class,
            HelpCommand.class);

    private static final String[] FOOTER = {
        "",
        "Start with:",
        "  saddlepoint train                    digits, about two minutes on two cores",
        "  saddlepoint train --minutes 5        the same for five minutes",
        "  saddlepoint train --data FOLDER      your pictures",
        "  saddlepoint train --data ring8       points in the plane",
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 training diverged, 4 diagnosed as failed."
    };

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "On failure, show where in the program it happened.")
    private boolean stacktrace;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private static volatile boolean ownsProcess;

    private Main() {}

    /** What this process has taken so far, which counts for a budget; 0 where a program calls {@link #run}. */
    static long startUpNanos() {
        if (!ownsProcess) {
            return 0;
        }
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, System.currentTimeMillis() - started));
    }

    /** Runs one command and ends the process: 0 done, 1 failed, 2 wrong usage, 3 training diverged, 4 diagnosed as failed. */
    public static void main(String[] arguments) {
        ownsProcess = true;
        Interruption.installHook();
        UserHome.mend();
        if (AsciiLocale.isHere()) {
            AsciiLocale.printUtf8();
            Optional<String> objection = AsciiLocale.objection(arguments);
            if (objection.isPresent()) {
                System.err.println("saddlepoint: " + objection.get());
                System.exit(Failures.USAGE);
            }
        }
        if (ProcessOptions.maySay(arguments)) {
            CleanOutput.keep();
        }
        System.exit(run(arguments));
    }

    /** Runs one command and answers its exit code. */
    public static int run(String... arguments) {
        Main main = new Main();
        CommandLine command = commands(main, arguments.length == 0 ? HELP : arguments[0])
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Precision.class, Main::precision)
                .registerConverter(PrecisionWord.class, PrecisionWord::of)
                .registerConverter(BenchCommand.Methods.class, BenchCommand.Methods::named)
                .registerConverter(int.class, Numbers::integer)
                .registerConverter(Integer.class, Numbers::integer)
                .registerConverter(double.class, Numbers::decimal)
                .registerConverter(Double.class, Numbers::decimal)
                .registerConverter(long.class, Numbers::whole)
                .registerConverter(Long.class, Numbers::whole)
                .setParameterExceptionHandler((failure, words) -> Failures.reportUsage(failure))
                .setExecutionExceptionHandler(
                        (failure, failed, result) -> Failures.report(failure, failed.getErr(), main.stacktrace));
        // Not in the annotation, from which every command would inherit it.
        command.getCommandSpec().usageMessage().footer(FOOTER);
        try {
            return command.execute(arguments);
        } catch (Error e) { // the library reports exceptions alone
            return Failures.report(e, command.getErr(), main.stacktrace);
        }
    }

    /** With all commands, or only that of the first word: reading the options of all takes longer than most of them do. */
    private static CommandLine commands(Main main, String first) {
        CommandLine command = new CommandLine(main);
        List<Class<?>> named =
                COMMANDS.stream().filter(each -> name(each).equals(first)).toList();
        boolean all = first.equals(HELP) || (named.isEmpty() && !first.equals(name(LabCommand.class)));
        (all ? COMMANDS : named).forEach(command::addSubcommand);
        return all || named.isEmpty() ? command.addSubcommand(LabCommand.create()) : command;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static Precision precision(String word) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        new CommandLine.TypeConversionException("expected float32 or bfloat16 but was '" + word + "'"));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
