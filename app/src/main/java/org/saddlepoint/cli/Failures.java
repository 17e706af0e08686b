package org.saddlepoint.cli;

import java.io.PrintWriter;
import org.saddlepoint.data.DataException;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.training.TrainingDivergedException;

/** One line for the user and an exit code for each failure. */
final class Failures {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int DIVERGED = 3;

    private Failures() {}

    /** Prints what happened, and where in the program if that was asked for or nobody foresaw it. */
    static int report(Exception failure, PrintWriter err, boolean stacktrace) {
        boolean foreseen = failure instanceof DataException
                || failure instanceof RecipeException
                || failure instanceof RunException
                || failure instanceof TensorException
                || failure instanceof TrainingDivergedException
                || failure instanceof IllegalArgumentException;
        err.println("saddlepoint: " + (foreseen ? failure.getMessage() : "unexpected failure: " + failure));
        if (stacktrace) {
            failure.printStackTrace(err);
        } else if (!foreseen) {
            err.println("Run it again with --stacktrace and report what it shows.");
        }
        err.flush();
        if (failure instanceof TrainingDivergedException) {
            return DIVERGED;
        }
        return failure instanceof RecipeException ? USAGE : FAILED;
    }
}
