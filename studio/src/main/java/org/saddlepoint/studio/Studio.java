package org.saddlepoint.studio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.studio.lab.LabExperiment;
import org.saddlepoint.studio.lab.LabPages;
import org.saddlepoint.studio.models.ModelPages;
import org.saddlepoint.studio.models.TranslationPages;
import org.saddlepoint.studio.play.PlayPages;
import org.saddlepoint.studio.runs.JobPages;
import org.saddlepoint.studio.runs.Jobs;
import org.saddlepoint.studio.runs.Program;
import org.saddlepoint.studio.runs.RunActions;
import org.saddlepoint.studio.runs.RunIndex;
import org.saddlepoint.studio.runs.RunPages;
import org.saddlepoint.studio.runs.RunsFolder;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.ServerOptions;
import org.saddlepoint.studio.server.WebServer;

/**
 * Saddlepoint in a browser: shows the runs of a folder while whatever process trains them, and what is trained.
 *
 * <pre>{@code
 * try (Studio studio = Studio.open(Path.of("runs"), ServerOptions.local(), program)) {
 *     System.out.println("open " + studio.address());
 *     ...
 * }
 * }</pre>
 */
public final class Studio implements AutoCloseable {
    /** Where uPlot's files are on the class path; the version is that of the pom. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30";

    private final WebServer server;
    private final AccessToken token;
    private final List<Runnable> endings;

    private Studio(WebServer server, AccessToken token, List<Runnable> endings) {
        this.server = server;
        this.token = token;
        this.endings = endings;
    }

    /**
     * Opens the studio.
     *
     * @param runs the folder of runs; need not exist yet
     * @param program starts the command line, for what is started from the browser
     * @throws org.saddlepoint.studio.server.ServerException if the port is taken
     */
    public static Studio open(Path runs, ServerOptions options, Program program) {
        return open(runs, options, program, List.of());
    }

    /**
     * As {@link #open(Path, ServerOptions, Program)}, with experiments.
     *
     * @param experiments that the program runs
     */
    public static Studio open(Path runs, ServerOptions options, Program program, List<LabExperiment> experiments) {
        RunsFolder folder = new RunsFolder(runs);
        Jobs jobs = new Jobs(program);
        ModelPages models = new ModelPages(folder);
        TranslationPages translations = new TranslationPages(folder);
        WebServer server = WebServer.start(
                options,
                List.of(new WebServer.Files("/", "/studio-web"), new WebServer.Files("/lib/uplot", UPLOT)),
                List.of(
                        new RunPages(folder, new RunIndex(folder), new RunActions(folder, jobs)),
                        new JobPages(folder, jobs),
                        models,
                        translations,
                        new PlayPages(),
                        new LabPages(folder, jobs, experiments)));
        return new Studio(server, options.token(), List.of(models::close, translations::close));
    }

    /** The token of this user's studio, the same each time. */
    public static AccessToken tokenOfUser() {
        return TokenFile.ofUser().token();
    }

    /** What to open in a browser, with the token. */
    public String address() {
        return server.address() + "/?token=" + token.text();
    }

    /**
     * A file that only this user can read and that leads a browser to the address.
     *
     * @throws IOException if it cannot be written
     */
    public Path page() throws IOException {
        return TokenFile.ofUser().pageTo(address());
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    /** Stops answering; what was started from the browser goes on. */
    @Override
    public void close() {
        server.close();
        endings.forEach(Runnable::run);
    }
}
