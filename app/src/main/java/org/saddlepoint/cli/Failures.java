package org.saddlepoint.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.saddlepoint.RequestException;
import org.saddlepoint.benchmarks.PeerException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.onnx.ExportException;
import org.saddlepoint.places.PlaceException;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.NoSuchRunException;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.distributed.DistributedException;
import org.saddlepoint.training.TrainingDivergedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One line for the user and an exit code for each failure. */
final class Failures {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int DIVERGED = 3;

    /** What diagnose answers of a run that has failed. */
    static final int UNHEALTHY = 4;

    /** Wrong words: to type something else is the remedy. */
    private static final List<Class<? extends Exception>> WRONG_WORDS = List.of(
            UsageException.class,
            RequestException.class,
            RecipeException.class,
            NoSuchDataException.class,
            NoSuchRunException.class,
            InvalidPathException.class,
            NoSuchExtractorException.class);

    private static final List<Class<? extends Exception>> FORESEEN = List.of(
            DataException.class,
            RunException.class,
            EvaluationException.class,
            TensorException.class,
            DistributedException.class,
            PeerException.class,
            PlaceException.class,
            ExportException.class,
            UncheckedIOException.class,
            TrainingDivergedException.class);

    private Failures() {}

    /** Prints what happened, and where in the program if that was asked for; answers the exit code. */
    static int report(Throwable failure, PrintWriter err, boolean stacktrace) {
        boolean usage = isOneOf(WRONG_WORDS, failure);
        boolean outOfMemory = memoryRanOut(failure);
        boolean foreseen = usage || outOfMemory || isOneOf(FORESEEN, failure);
        err.println("saddlepoint: " + (outOfMemory ? outOfMemory() : foreseen ? words(failure) : unexpected(failure)));
        if (stacktrace) {
            failure.printStackTrace(err);
        } else if (!foreseen) {
            err.println("Run it again with --stacktrace and report what it shows.");
        }
        err.flush();
        if (failure instanceof TrainingDivergedException) {
            return DIVERGED;
        }
        return usage ? USAGE : FAILED;
    }

    /** Prints what in the command line could not be understood; answers the exit code. */
    static int reportUsage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String message = line(failure).replaceFirst("^Value for option option", "Value for option");
        List<String> similar =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String hint = similar.isEmpty() ? "" : " (did you mean " + String.join(" or ", similar) + "?)";
        err.println("saddlepoint: " + message + hint + "; see "
                + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return USAGE;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    private static boolean memoryRanOut(Throwable failure) {
        for (Optional<Throwable> each = Optional.of(failure);
                each.isPresent();
                each = Optional.ofNullable(each.get().getCause())) {
            if (each.get() instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static String outOfMemory() {
        double heap = Runtime.getRuntime().maxMemory() / (double) (1L << 30);
        return String.format(
                Locale.ROOT,
                "not enough memory: Java's heap of %.1f GiB is full; ask for less at once, for example with a smaller"
                        + " --batch-size or --count",
                heap);
    }

    private static String unexpected(Throwable failure) {
        return "unexpected failure: " + failure.toString().lines().findFirst().orElse("");
    }

    private static String words(Throwable failure) {
        if (failure instanceof InvalidPathException invalid) {
            return OneLine.of("\"" + invalid.getInput() + "\" is no path: " + IoReasons.of(invalid));
        }
        return failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null
                ? OneLine.of(IoReasons.of(wrapped.getCause()))
                : line(failure);
    }

    private static String line(Throwable failure) {
        return OneLine.of(String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
