package org.saddlepoint.studio.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.studio.serve.ServeOptions.Limits;
import org.saddlepoint.studio.server.RefusedException;

/** Who shares passes, who waits, who is refused; each pass is made by hand. */
class SampleQueueTest {
    private static final Limits PATIENT = Limits.DEFAULT.timeout(Duration.ofHours(1));

    @TempDir
    private static Path dir;

    private static TrainedGenerator generator;

    private final Deque<Runnable> lane = new ArrayDeque<>();
    private final List<Integer> passes = new ArrayList<>();

    @BeforeAll
    static void open() {
        generator = TrainedGenerator.open(Runs.train(dir.resolve("digits"), "cdcgan", "digits", 1));
    }

    @AfterAll
    static void close() {
        generator.close();
    }

    private SampleQueue queue(Limits limits) {
        return new SampleQueue(limits, lane::add, passes::add);
    }

    private CompletableFuture<Samples> add(SampleQueue queue, int count) {
        return queue.add(generator, SampleOptions.of(count).seed(count));
    }

    private void pass() {
        lane.remove().run();
    }

    @Test
    void requestsShareAPassAndALargeOneDoesNotHoldUpSmallOnes() {
        SampleQueue queue = queue(PATIENT);
        var large = add(queue, 40);
        var small = add(queue, 5);
        var other = add(queue, 6);
        assertThat(lane).as("one pass at a time").hasSize(1);
        pass();
        assertThat(passes).containsExactly(16);
        assertThat(queue.length()).isEqualTo(35);
        pass();
        assertThat(small).isCompleted();
        assertThat(other).isCompleted();
        assertThat(large).isNotDone();
        pass();
        pass();
        assertThat(passes).containsExactly(16, 16, 16, 3);
        assertThat(large.join().toFloatArray())
                .isEqualTo(generator.sample(SampleOptions.of(40).seed(40)).toFloatArray());
        assertThat(lane).isEmpty();
        assertThat(queue.length()).isZero();
    }

    @Test
    void whatDoesNotFitIsRefusedWithATimeAndFitsLater() {
        SampleQueue queue = queue(PATIENT.samples(16, 20));
        assertThat(add(queue, 16)).isNotDone();
        assertThatThrownBy(() -> add(queue, 5))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.retrySeconds()).isPositive();
                })
                .hasMessageContaining("16 samples wait already");
        assertThat(add(queue, 4)).isNotDone();
        pass();
        assertThat(add(queue, 5)).isNotDone();
        assertThatThrownBy(() -> queue.add(generator, SampleOptions.of(1).truncation(0.5)))
                .hasMessageContaining("no styles");
        assertThat(queue.length()).as("a request that is wrong takes no place").isEqualTo(9);
    }

    @Test
    void whatWaitsTooLongIsGivenUp() throws Exception {
        SampleQueue queue = queue(PATIENT.timeout(Duration.ofMillis(1)));
        var late = add(queue, 3);
        Thread.sleep(5);
        pass();
        assertThat(passes).isEmpty();
        assertThat(late).isCompletedExceptionally();
        assertThatThrownBy(late::join)
                .hasCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("were not drawn within");
        assertThat(queue.length()).isZero();
        assertThat(lane).isEmpty();
    }
}
