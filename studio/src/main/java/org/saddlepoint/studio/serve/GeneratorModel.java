package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.ModelOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.studio.server.RefusedException;

/** A generator that is served. */
final class GeneratorModel implements AutoCloseable {
    /** Numbers of all samples of one request, and as JSON, which is larger. */
    private static final int MOST_NUMBERS = 1 << 22;

    private static final int MOST_JSON = 1 << 20;

    private final ReloadingModel<TrainedGenerator> model;
    private final SampleQueue queue;
    private final int most;

    GeneratorModel(RunFolder run, ServeOptions options, Executor lane, IntConsumer passes) {
        ModelOptions opening = ModelOptions.DEFAULT.device(options.device());
        this.model = new ReloadingModel<>(run, folder -> TrainedGenerator.open(folder.path(), opening));
        this.queue = new SampleQueue(options.limits(), lane, passes);
        this.most = options.limits().count();
    }

    /**
     * Draws samples.
     *
     * @param ticket bears the memory of the answer
     * @throws RefusedException if the model has no such samples, or too many are asked for
     */
    CompletableFuture<DrawnSamples> draw(SampleRequest request, Traffic.Ticket ticket) {
        Lease<TrainedGenerator> lease = model.lease();
        try {
            TrainedGenerator generator = lease.model();
            requireFitting(request, generator);
            double samples = generator.grid(request.options()).total();
            ticket.hold((long) (samples * generator.sampleShape().elements()));
            boolean sorted = !request.options().classes().equals(ClassChoice.any())
                    || generator.clusterSizes().isEmpty();
            String caption = generator.caption(request.options().seed());
            long step = generator.step();
            return queue.add(generator, request.options())
                    .whenComplete((drawn, failure) -> lease.close())
                    .thenApply(drawn -> new DrawnSamples(
                            drawn,
                            request,
                            caption,
                            step,
                            sorted && drawn.grid().hasClasses()));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private void requireFitting(SampleRequest request, TrainedGenerator generator) {
        boolean pictures = generator.sampleShape().dimensions().length == 3;
        SampleFormat format = request.format().orElse(pictures ? SampleFormat.PNG : SampleFormat.JSON);
        if (!pictures && format.isPicture()) {
            throw RefusedException.wrong("this model draws points; format must be npy or json");
        }
        if (request.layout().isPresent() && !format.isPicture()) {
            throw RefusedException.wrong("layout is for png and webp; leave it out with " + format.word());
        }
        if (request.columns().isPresent()
                && request.layout().filter(SampleLayout.SHEET::equals).isEmpty()) {
            throw RefusedException.wrong("columns is for \"layout\": \"sheet\"; leave it out or add that");
        }
        double total = generator.grid(request.options()).total();
        long fit = (format == SampleFormat.JSON ? MOST_JSON : MOST_NUMBERS)
                / generator.sampleShape().elements();
        long allowed = Math.max(1, Math.min(most, fit));
        if (total > allowed) {
            throw RefusedException.wrong("at most " + allowed + " samples are drawn for one request but " + (long) total
                    + " were asked for; count is for each of several labels");
        }
        if (total > 1 && request.layout().filter(SampleLayout.SINGLE::equals).isPresent()) {
            throw RefusedException.wrong(
                    "layout single is for one sample but " + (long) total + " were asked for; ask for sheet or zip");
        }
        if (request.columns().isPresent() && generator.grid(request.options()).hasRows()) {
            throw RefusedException.wrong("columns: with several labels each has a row; leave it out");
        }
    }

    /** What it is, for lists of models. */
    ObjectNode describe(String name) {
        try (Lease<TrainedGenerator> lease = model.lease()) {
            TrainedGenerator generator = lease.model();
            ObjectNode answer = Json.object();
            answer.put("name", name);
            answer.put("kind", "generator");
            answer.put("recipe", generator.recipe().name());
            answer.put("step", generator.step());
            answer.set("shape", Json.tree(generator.sampleShape().dimensions()));
            answer.set("classes", Json.tree(generator.classNames()));
            answer.set("vector", Json.tree(generator.vectorNames()));
            answer.put("truncation", generator.hasStyles());
            return answer;
        }
    }

    /** How many steps the model of now was trained. */
    long step() {
        try (Lease<TrainedGenerator> lease = model.lease()) {
            return lease.model().step();
        }
    }

    /** Samples that wait. */
    int waiting() {
        return queue.length();
    }

    /** Opens a newer checkpoint if there is one; answers whether. */
    boolean refresh() {
        return model.refresh();
    }

    @Override
    public void close() {
        model.close();
    }
}
