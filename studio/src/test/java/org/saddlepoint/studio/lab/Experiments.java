package org.saddlepoint.studio.lab;

import java.util.List;

/** An experiment that a script performs. */
public final class Experiments {
    /** With a setting of each kind. */
    public static final LabExperiment LINES = new LabExperiment(
            "parallel-lines",
            "two lines: how far apart they are",
            "The data are points on a `line`.\n\n* *W* is the distance.\n* JS is not.",
            List.of(
                    new LabExperiment.Setting("--theta", "distance", LabExperiment.Kind.NUMBER, List.of(), "0.5"),
                    new LabExperiment.Setting("--steps", "of training", LabExperiment.Kind.WHOLE, List.of(), "100"),
                    new LabExperiment.Setting(
                            "--bend", "activation", LabExperiment.Kind.WORD, List.of("RELU", "TANH"), "RELU")));

    private static final String REPORT =
            """
            {"experiment":"parallel-lines","title":"two lines","quick":true,"seed":0,"settings":{"theta":2.5},"holds":false,
             "claims":[{"id":"w","statement":"W is |theta|","source":"Arjovsky 2017","relation":"=","expected":2.5,
                        "measured":2.5001,"tolerance":0.01,"holds":true},
                       {"id":"js","statement":"JS is constant","source":"Arjovsky 2017","relation":">=","expected":"Infinity",
                        "measured":0.69,"tolerance":0,"holds":false}]}
            """;

    private Experiments() {}

    /**
     * A program that does what {@code lab} does: tells how far it is, waits for a file to appear, and leaves a report and a figure in
     * {@code --out}; its end says that a claim fails.
     *
     * @param go waits for this file
     */
    public static List<String> program(List<String> arguments, java.nio.file.Path go) {
        String out = arguments.get(arguments.size() - 1).replaceFirst("^--out=", "");
        String script =
                "echo '   42%  the lines'; while [ ! -e \"$2\" ]; do sleep 0.05; done; mkdir -p \"$1/parallel-lines\";"
                        + " printf '%s' \"$3\" > \"$1/parallel-lines/report.json\";"
                        + " cp \"$4\" \"$1/parallel-lines/figure.png\"; exit 1";
        return List.of(
                "sh",
                "-c",
                script,
                "lab",
                out,
                go.toString(),
                REPORT,
                go.resolveSibling("figure.png").toString());
    }
}
