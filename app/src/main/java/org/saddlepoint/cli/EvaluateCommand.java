package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.Evaluation;
import org.saddlepoint.recipes.EvaluationRequest;
import org.saddlepoint.recipes.EvaluationRules;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.recipes.RunNetworks;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: how good samples are, with protocol and standard error. */
@Command(
        name = "evaluate",
        description = "Measures a run's samples, or pictures in a folder or zip, against real data.",
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_IMAGES = 10_000;
    private static final int MOST_POINTS = 2_500;

    @Parameters(paramLabel = "RUN|DIR|ZIP", description = "Folder of a run, or any data as for train --data.")
    private String target = "";

    @Option(
            names = "--against",
            paramLabel = "S",
            description = "The real data (default for a run: what it learnt from).")
    private @Nullable String against;

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    @Option(
            names = "--size",
            paramLabel = "P",
            description = "Side in pixels that pictures are read at (default: as train reads them).")
    private @Nullable Integer size;

    @Option(
            names = "--no-quantisation",
            description = "Does not round generated images to 8 bits; published values do round.")
    private boolean unquantised;

    @Option(names = "--best", description = "The best checkpoint that train --evaluate-every kept, not the last.")
    private boolean best;

    @Option(names = "--seed", paramLabel = "S", description = "Of latents and subsets (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            description = "Samples at once; changes no value beyond rounding (default: ${DEFAULT-VALUE}).")
    private int batchSize = EvaluationConfig.BATCH;

    @Mixin
    private ProcessOptions several = new ProcessOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--json", description = "Prints JSON, one object a line.")
    private boolean json;

    @Override
    public Integer call() {
        EvaluationRequest request = options.request();
        if (batchSize < 1) {
            throw new UsageException("--batch-size must be >= 1 but was " + batchSize);
        }
        if (size != null && (size < 1 || size > ImageFormat.LARGEST)) {
            throw new UsageException("--size must be in [1, " + ImageFormat.LARGEST + "] but was " + size);
        }
        engine.check();
        Reporter reporter = several.follow() ? Reporter.silent() : new Reporter(json);
        if (RunFolder.isRun(Path.of(target))) {
            evaluateRun(EvaluatedRun.of(RunFolder.open(Path.of(target)), best), request, reporter);
        } else {
            evaluateFiles(request, reporter);
        }
        return 0;
    }

    private void evaluateRun(EvaluatedRun run, EvaluationRequest request, Reporter reporter) {
        EvaluationRules rules = run.recipe().evaluationRules();
        if (against == null) {
            run.requireKnownData();
        }
        run.requireCheckpoint();
        DataOptions how = rules.dataOptions(side())
                .withChannelsOf(run.folder().manifest().data().exampleShape());
        try (Dataset real = several.beforeMeeting(() -> against == null
                ? run.learnt(links.links(), how, reporter)
                : links.request(against).open(how))) {
            tell(real, reporter);
            EvaluationRequest.Resolved asked = resolve(request, rules, real, Integer.MAX_VALUE);
            Extractors.advice(asked.extractor()).ifPresent(reporter::note);
            together(reporter, (device, group) -> {
                RunFolder folder = run.folder();
                try (RunNetworks networks =
                                run.recipe().networks(folder.manifest().data(), device, seed);
                        FeatureExtractor extractor = extractor(asked)) {
                    long step = run.load(networks.networks(), group, reporter);
                    Evaluation evaluation = networks.evaluation(
                            folder.name() + " at step " + step, evaluator(asked, extractor, group, reporter), real);
                    List<Measurement> measured = evaluation.measure();
                    if (!several.follow()) {
                        EvaluationReport report = new EvaluationReport(reporter);
                        report.show(measured);
                        report.append(folder, step, measured, evaluation.against());
                    }
                }
            });
        }
    }

    /** What is done where the engine runs, by this process and, maybe, others. */
    @FunctionalInterface
    private interface Work {
        void on(Device device, Optional<ProcessGroup> group);
    }

    private void together(Reporter reporter, Work work) {
        Device device = engine.start(reporter, several);
        try (ProcessOptions.Joined joined = several.join(device, Version.current(), reporter, spec)) {
            joined.together(() -> work.on(device, joined.group()));
        }
    }

    private void evaluateFiles(EvaluationRequest request, Reporter reporter) {
        if (best) {
            throw new UsageException("--best: " + target + " is no run; leave it out");
        }
        if (against == null) {
            throw new UsageException("--against is needed: the real data that " + target + " is compared with");
        }
        EvaluationRules rules = EvaluationRules.ofFiles();
        DataOptions how = rules.dataOptions(side());
        String reference = against;
        try (Dataset generated =
                        several.beforeMeeting(() -> links.request(target).open(how));
                Dataset real =
                        several.beforeMeeting(() -> links.request(reference).open(how))) {
            tell(generated, reporter);
            tell(real, reporter);
            EvaluationRequest.Resolved asked = resolve(request, rules, real, generated.size());
            Extractors.advice(asked.extractor()).ifPresent(reporter::note);
            together(reporter, (device, group) -> {
                try (FeatureExtractor extractor = extractor(asked)) {
                    Evaluator evaluator = evaluator(asked, extractor, group, reporter);
                    DatasetSource source = new DatasetSource(generated, seed);
                    String title = generated.name() + " against " + real.name();
                    Measurement measured = new Measurement(title, "", evaluator.evaluate(source, real));
                    if (!several.follow()) {
                        new EvaluationReport(reporter).show(List.of(measured));
                    }
                }
            });
        }
    }

    /** What is assumed of the data, and what is left out. */
    private static void tell(Dataset data, Reporter reporter) {
        data.notes().forEach(reporter::note);
        String skipped = SkippedSummary.of(data.name(), data.skipped());
        if (!skipped.isEmpty()) {
            reporter.note(skipped);
        }
    }

    private OptionalInt side() {
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    /** @param available how many generated samples there are */
    private EvaluationRequest.Resolved resolve(
            EvaluationRequest request, EvaluationRules rules, Dataset real, int available) {
        boolean images = EvaluationRequest.isOfImages(rules.reference(real));
        int most = Math.min(images ? MOST_IMAGES : MOST_POINTS, available);
        return request.resolve(rules, real, most).with(batchSize, !unquantised, seed);
    }

    private static @Nullable FeatureExtractor extractor(EvaluationRequest.Resolved asked) {
        return asked.extractor().isEmpty()
                ? null
                : Extractors.open(asked.extractor(), asked.config().resizing());
    }

    private static Evaluator evaluator(
            EvaluationRequest.Resolved asked,
            @Nullable FeatureExtractor extractor,
            Optional<ProcessGroup> group,
            Reporter reporter) {
        StatisticsCache cache = StatisticsCache.ofUser(reporter::note);
        Evaluator alone = new Evaluator(asked.config(), extractor, cache, new EvaluationProgress(reporter));
        return group.map(alone::among).orElse(alone);
    }
}
