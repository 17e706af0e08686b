package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.server.ServerException;
import org.saddlepoint.studio.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code studio}: runs and models in a browser. */
@Command(
        name = "studio",
        description = "Shows runs and models in a browser, on this machine alone; ends with Ctrl-C.",
        sortOptions = false)
final class StudioCommand implements Callable<Integer> {
    @Option(names = "--runs", paramLabel = "DIR", description = "The folder of runs (default: ${DEFAULT-VALUE}).")
    private Path runs = RunReporter.RUNS;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Where it listens; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port = ServerOptions.PORT;

    @Option(
            names = "--read-only",
            description = "Changes no file and starts no process, whatever the browser asks for.")
    private boolean readOnly;

    @Option(names = "--open", description = "Opens the page in this machine's browser.")
    private boolean open;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Reporter reporter = new Reporter(json);
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port must be in [0, 65535] but was " + port);
        }
        ServerOptions options =
                ServerOptions.local().port(port).readOnly(readOnly).token(Studio.tokenOfUser());
        try (Studio studio = Studio.open(runs, options, StudioCommand::command, LabCatalogue.all())) {
            CountDownLatch asked = new CountDownLatch(1);
            try (Interruption interruption = new Interruption(asked::countDown)) {
                reporter.note("Studio of the runs in " + runs + ":");
                reporter.note("  " + studio.address());
                reporter.note("Whoever knows this address may use it. Ctrl-C ends the studio; trainings go on.");
                reporter.event("studio", Reporter.values("address", studio.address(), "port", studio.port()));
                if (open && !browse(studio)) {
                    reporter.note("no browser could be started; open the address yourself");
                }
                asked.await();
                studio.close(); // before the process may end
            }
            return 0;
        } catch (ServerException e) {
            throw new UsageException("--port: " + e.getMessage());
        }
    }

    /** A command that a page starts. It has the heap of a training, where the launcher gave the studio another. */
    private static List<String> command(List<String> arguments) {
        List<String> settings = new ArrayList<>(List.of("-Dsaddlepoint.terminal=false"));
        settings.addAll(ThisProgram.settings(System.getProperty("saddlepoint.jobs", "")));
        return ThisProgram.command(settings, arguments);
    }

    private static boolean browse(Studio studio) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        try {
            String page = studio.page().toString();
            List<String> command = system.contains("win")
                    ? List.of("rundll32", "url.dll,FileProtocolHandler", page)
                    : List.of(system.contains("mac") ? "open" : "xdg-open", page);
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
