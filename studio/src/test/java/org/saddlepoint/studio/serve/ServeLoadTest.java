package org.saddlepoint.studio.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.tensor.TensorScope;

/**
 * Load of a server by a client in the same process, so that both share the cores.
 *
 * <p>{@code -Dsaddlepoint.load.seconds=180} makes it longer, {@code -Dsaddlepoint.load.run=DIR} takes another run.
 */
class ServeLoadTest {
    private static final int SECONDS = Integer.getInteger("saddlepoint.load.seconds", 2);
    private static final int SEEDS = 50;
    private static final int COUNT = Integer.getInteger("saddlepoint.load.count", 16);
    private static final int CLIENTS = 16;
    private static final double ALLOWED_GROWTH = 64e6;

    @TempDir
    private static Path dir;

    private static Path run;
    private static final Map<Long, byte[]> EXPECTED = new HashMap<>();

    @BeforeAll
    static void train() {
        String given = System.getProperty("saddlepoint.load.run");
        run = given == null ? Runs.train(dir.resolve("digits"), "cdcgan", "digits", 2) : Path.of(given);
        try (TrainedGenerator generator = TrainedGenerator.open(run)) {
            for (long seed = 0; seed < SEEDS; seed++) {
                EXPECTED.put(seed, expected(generator, seed));
            }
        }
    }

    private static byte[] expected(TrainedGenerator generator, long seed) {
        var samples = generator.sample(SampleOptions.of(COUNT).seed(seed));
        return NpyFile.of(samples.toFloatArray(), COUNT, 1, 28, 28);
    }

    private static String body(long seed) {
        return "{\"count\": " + COUNT + ", \"seed\": " + seed + ", \"format\": \"npy\"}";
    }

    /** What clients saw. */
    private static final class Tally {
        final AtomicLong right = new AtomicLong();
        final AtomicLong wrong = new AtomicLong();
        final AtomicLong busy = new AtomicLong();
        final AtomicLong lost = new AtomicLong();

        void add(long seed, HttpResponse<byte[]> answer, Throwable failure) {
            if (failure != null) {
                lost.incrementAndGet();
            } else if (answer.statusCode() == 200) {
                (Arrays.equals(answer.body(), EXPECTED.get(seed)) ? right : wrong).incrementAndGet();
            } else if (answer.statusCode() == 429
                    && answer.headers().firstValue("Retry-After").isPresent()) {
                busy.incrementAndGet();
            } else {
                lost.incrementAndGet();
            }
        }

        @Override
        public String toString() {
            return right + " right, " + wrong + " wrong, " + busy + " refused with 429, " + lost + " lost";
        }
    }

    /** As many requests at a time as there are clients; answers per second. */
    private static double closedLoop(Client client, Tally tally, double seconds) throws InterruptedException {
        Semaphore places = new Semaphore(CLIENTS);
        long start = System.nanoTime();
        long before = tally.right.get();
        for (long i = 0; System.nanoTime() - start < seconds * 1e9; i++) {
            places.acquire();
            long seed = i % SEEDS;
            var unused = client.begin("/v1/digits/samples", body(seed)).whenComplete((answer, failure) -> {
                tally.add(seed, answer, failure);
                places.release();
            });
        }
        places.acquire(CLIENTS);
        return (tally.right.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    /** So many requests a second, whatever is answered. */
    private static void openLoop(Client client, Tally tally, double rate, double seconds) throws InterruptedException {
        Semaphore unanswered = new Semaphore(Integer.MAX_VALUE);
        long start = System.nanoTime();
        long total = (long) (rate * seconds);
        for (long i = 0; i < total; i++) {
            long due = start + (long) (i * 1e9 / rate);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            long seed = i % SEEDS;
            unanswered.acquire();
            var unused = client.begin("/v1/digits/samples", body(seed)).whenComplete((answer, failure) -> {
                tally.add(seed, answer, failure);
                unanswered.release();
            });
        }
        unanswered.acquire(Integer.MAX_VALUE);
    }

    private static double direct(TrainedGenerator generator, double seconds) {
        long start = System.nanoTime();
        long done = 0;
        for (; System.nanoTime() - start < seconds * 1e9; done++) {
            expected(generator, done % SEEDS);
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    /** Of the heap, in bytes, after garbage was collected. */
    private static double heap() throws InterruptedException {
        System.gc();
        Thread.sleep(200);
        System.gc();
        return (double) Runtime.getRuntime().totalMemory()
                - Runtime.getRuntime().freeMemory();
    }

    @Test
    void atTwiceWhatItCanDoItRefusesTheRestAndAnswersRight() throws Exception {
        ServeOptions options = Runs.SERVED;
        try (ModelServer server = ModelServer.open(Map.of("digits", run), options);
                TrainedGenerator generator = TrainedGenerator.open(run)) {
            TensorScope.Statistics tensors = TensorScope.statistics();
            Client client = new Client(server);
            Tally tally = new Tally();
            closedLoop(client, tally, Math.max(1, SECONDS / 10.0));
            direct(generator, Math.max(0.3, SECONDS / 20.0));
            double served = 0;
            double own = 0;
            int rounds = SECONDS > 10 ? 5 : 1;
            for (int i = 0; i < rounds; i++) { // alternating, so that both see the same machine
                own += direct(generator, SECONDS / 10.0) / rounds;
                served += closedLoop(client, tally, SECONDS / 10.0) / rounds;
            }
            System.out.printf(
                    "full load: %.0f samples/s, the generator itself %.0f, ratio %.2f%n",
                    served * COUNT, own * COUNT, served / own);
            light(client, generator);
            double before = heap();
            Tally overload = new Tally();
            openLoop(client, overload, 2 * served, Math.max(SECONDS, CLIENTS / served));
            double after = heap();
            System.out.printf(
                    "twice that for %d s: %s; heap %.0f MB, before %.0f MB%n",
                    SECONDS, overload, after / 1e6, before / 1e6);
            assertThat(overload.wrong.get() + tally.wrong.get()).isZero();
            assertThat(overload.lost.get() + tally.lost.get()).isZero();
            assertThat(overload.right.get()).isPositive();
            requireNative(tensors);
            assertThat(after - before).as("bytes of the heap").isLessThan(ALLOWED_GROWTH);
            assertThat(server.drain(Duration.ofMinutes(5))).isTrue();
        }
    }

    /** An answer goes out before the pass that made it has freed its tensors. */
    private static void requireNative(TensorScope.Statistics expected) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!TensorScope.statistics().equals(expected) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(TensorScope.statistics()).as("native memory").isEqualTo(expected);
    }

    private static void light(Client client, TrainedGenerator generator) throws Exception {
        int rounds = SECONDS > 10 ? 1000 : 20;
        long[] passes = new long[rounds];
        long[] requests = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            generator.sample(SampleOptions.of(1).seed(i)).toFloatArray();
            passes[i] = System.nanoTime() - start;
            start = System.nanoTime();
            assertThat(client.post("/v1/digits/samples", "{\"seed\": " + i + "}")
                            .statusCode())
                    .isEqualTo(200);
            requests[i] = System.nanoTime() - start;
            Thread.sleep(5);
        }
        Arrays.sort(passes);
        Arrays.sort(requests);
        int p99 = rounds * 99 / 100 - 1;
        System.out.printf(
                "light load: request p50 %.2f ms, p99 %.2f ms; one pass p50 %.2f ms, p99 %.2f ms%n",
                requests[rounds / 2] / 1e6, requests[p99] / 1e6, passes[rounds / 2] / 1e6, passes[p99] / 1e6);
    }
}
