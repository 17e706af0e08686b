package org.saddlepoint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.serve.ApiKeys;
import org.saddlepoint.studio.serve.ModelServer;
import org.saddlepoint.studio.serve.ServeOptions;
import org.saddlepoint.studio.serve.ServeOptions.Limits;
import org.saddlepoint.studio.server.Endpoint;
import org.saddlepoint.studio.server.ServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve}: trained models behind HTTP. */
@Command(
        name = "serve",
        description =
                "Answers requests for samples and translations over HTTP, until Ctrl-C or TERM; then answers what it"
                        + " accepted, and ends with 0.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  saddlepoint serve runs/dcgan-projection-digits-001",
            "  saddlepoint serve digits=runs/digits maps=runs/maps --host 0.0.0.0 --api-key-file keys.txt",
            "",
            "Then: curl http://127.0.0.1:8766/v1/digits/samples -d '{\"seed\": 1}' -o digit.png"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    /** Shorter than the time that {@link Interruption} waits. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(100);

    @Parameters(
            paramLabel = "RUN|NAME=RUN",
            arity = "1..*",
            description = "Folders of runs. Each is served under the name of its folder, or under NAME.")
    private List<String> runs = List.of();

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "The address to listen at (default: ${DEFAULT-VALUE}, this machine alone).")
    private String host = Endpoint.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Where it listens; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port = ServeOptions.PORT;

    @Option(
            names = "--api-key-file",
            paramLabel = "F",
            description =
                    "A file of keys, one a line, of which requests must have one (default: everybody is answered).")
    private @Nullable Path keyFile;

    @Option(
            names = "--max-count",
            paramLabel = "N",
            description = "Most samples of one request (default: ${DEFAULT-VALUE}).")
    private int count = Limits.DEFAULT.count();

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Most samples that wait for a model; more are refused with 429 (default: ${DEFAULT-VALUE}).")
    private int queue = Limits.DEFAULT.queue();

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Seconds after which a request that still waits is given up (default: ${DEFAULT-VALUE}).")
    private long timeout = Limits.DEFAULT.timeout().toSeconds();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Reporter reporter = new Reporter(json);
        engine.check();
        Map<String, Path> named = named();
        ServeOptions options = options();
        named.values().forEach(RunFolder::open); // before the engine is loaded, which takes a second
        options = options.device(engine.start(reporter));
        CountDownLatch asked = new CountDownLatch(1);
        try (ModelServer server = ModelServer.open(named, options);
                Interruption interruption = new Interruption(asked::countDown)) {
            tell(server, named, options, reporter);
            asked.await();
            reporter.note("ending: new requests are refused, those that were accepted are answered");
            int code = server.drain(LONGEST_DRAIN) ? 0 : Failures.FAILED;
            server.close(); // before the process may end
            interruption.endWith(code);
            return code;
        } catch (ServerException e) {
            throw new UsageException("--port: " + e.getMessage());
        }
    }

    private ServeOptions options() {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port must be in [0, 65535] but was " + port);
        }
        if (host.isBlank()) {
            throw new UsageException("--host must be an address, such as " + Endpoint.LOOPBACK + " or 0.0.0.0");
        }
        if (count < 1) {
            throw new UsageException("--max-count must be >= 1 but was " + count);
        }
        if (queue < count) {
            throw new UsageException("--queue must be >= --max-count, " + count + ", but was " + queue);
        }
        if (timeout < 1 || timeout > LONGEST_DRAIN.toSeconds()) {
            throw new UsageException("--timeout must be in [1, " + LONGEST_DRAIN.toSeconds() + "] but was " + timeout);
        }
        Limits limits = Limits.DEFAULT.samples(count, queue).timeout(Duration.ofSeconds(timeout));
        return ServeOptions.DEFAULT
                .at(host, port)
                .keys(keyFile == null ? ApiKeys.NONE : ApiKeys.read(keyFile))
                .limits(limits);
    }

    private Map<String, Path> named() {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String word : runs) {
            int equals = word.indexOf('=');
            boolean isNamed = equals > 0 && !Files.isDirectory(Path.of(word));
            Path run = Path.of(isNamed ? word.substring(equals + 1) : word);
            Path folder = run.toAbsolutePath().normalize().getFileName();
            String name = isNamed ? word.substring(0, equals) : String.valueOf(folder);
            if (!name.matches(NAME)) {
                throw new UsageException("\"" + name + "\" cannot be part of an address; give it as NAME=" + run
                        + " with letters, digits, '.', '_' and '-'");
            }
            if (named.putIfAbsent(name, run) != null) {
                throw new UsageException("two runs would be served as " + name + "; give one as NAME=" + run);
            }
        }
        return named;
    }

    private static void tell(ModelServer server, Map<String, Path> named, ServeOptions options, Reporter reporter) {
        if (options.keys().areNone() && !new Endpoint(options.host(), options.port(), 1, 1).isLoopback()) {
            reporter.note("WARNING: it listens at " + options.host() + " WITHOUT A KEY: everybody who can reach this"
                    + " machine is answered. Give --api-key-file, or leave --host out.");
        }
        reporter.note("Serving at " + server.address() + ", which describes itself in a browser:");
        named.forEach((name, run) -> reporter.note("  /v1/" + name + "  " + run));
        reporter.event(
                "serving",
                Reporter.values(
                        "address", server.address(), "port", server.port(), "models", List.copyOf(named.keySet())));
    }
}
