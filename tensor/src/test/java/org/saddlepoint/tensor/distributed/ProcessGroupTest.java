package org.saddlepoint.tensor.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.CollectiveStore;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

@ExtendWith(LeakCheck.class)
class ProcessGroupTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sumsBroadcastsAndGathers(int size) {
        List<String> answers = Together.run(size, group -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensor a = Tensors.full(group.rank() + 1, DType.FLOAT64, 2, 3);
                Tensor b = Tensors.scalar(1);
                group.sum("tests", List.of(a, b));
                Tensor c = Tensors.scalar(group.rank());
                group.broadcast("tests", c, size - 1);
                Tensor d = group.gather("tests", Tensors.of(new long[] {group.rank(), 7}, 2));
                group.barrier("of tests");
                List<byte[]> bytes = group.gather("tests", new byte[group.rank()]);
                ProcessGroup.Said said = group.say(group.rank() == 0 ? 5 : -1, new byte[] {1, 2});
                ProcessGroup.Said short_ = group.say(6, new byte[0]);
                return a.mean().item() + " " + b.item() + " " + c.item() + " " + d.shape() + " "
                        + d.sum().item() + " "
                        + bytes.stream().map(each -> each.length).toList() + " " + said.number()
                        + said.bytes()[1] + " " + short_.number() + short_.bytes().length + " "
                        + group.sum("tests", group.rank(), 1)[0];
            }
        });
        double ranks = size * (size - 1) / 2.0;
        String lengths = List.of(0, 1, 2).subList(0, size).toString();
        assertThat(answers)
                .hasSize(size)
                .containsOnly((ranks + size) + " " + (double) size + " " + (size - 1.0) + " [" + size + ", 2] "
                        + (ranks + 7 * size) + " " + lengths + " 52 60 " + ranks);
    }

    @Test
    void meansAreWeightedByExamplesAndKeepShapes() {
        List<String> answers = Together.run(3, group -> {
            Ranks ranks = Ranks.of(group, 4, false); // 1, 1 and 2 examples
            return ranks.step(() -> {
                TensorScope scope = TensorScope.open();
                List<Tensor> means = ranks.mean(
                        "tests",
                        List.of(
                                Tensors.full(group.rank(), DType.FLOAT64, 2, 2),
                                Tensors.scalar(1),
                                Tensors.full(4 * group.rank(), DType.FLOAT32, 3)));
                String answer = ranks.first() + "+" + ranks.examples() + " " + ranks.ofAll(2 * ranks.examples()) + " "
                        + means.get(0).shape() + means.get(0).mean().item() + " "
                        + means.get(1).item() + " "
                        + means.get(2).mean().item() + " " + ranks.mean("tests", group.rank());
                scope.close();
                return answer;
            });
        });
        assertThat(answers)
                .containsExactly(
                        "0+1 8 [2, 2]1.25 1.0 5.0 1.25",
                        "1+1 8 [2, 2]1.25 1.0 5.0 1.25",
                        "2+2 8 [2, 2]1.25 1.0 5.0 1.25");
    }

    /** L = mean of x²s over all examples, s = sum of all x: the gradient knows what other ranks say of s. */
    @Test
    void aSumOverRanksIsDifferentiated() {
        double[] x = {0.5, -1, 2};
        List<double[]> answers = Together.run(3, group -> {
            Ranks ranks = Ranks.of(group, 3, false);
            return ranks.step(() -> {
                TensorScope scope = TensorScope.open();
                Tensor own = Tensors.of(new double[] {x[group.rank()]}, 1).withGrad(true);
                Tensor sum = ranks.sum("tests", own);
                Tensor loss = own.square().mul(sum).sum();
                Tensor gradient = Autograd.grad(loss, List.of(own)).get(0);
                double[] answer = {sum.item(), gradient.item() / 3};
                scope.close();
                return answer;
            });
        });
        double s = 1.5;
        double squares = 0.25 + 1 + 4;
        for (int i = 0; i < 3; i++) {
            assertThat(answers.get(i)[0]).isEqualTo(s);
            assertThat(answers.get(i)[1])
                    .isCloseTo((2 * x[i] * s + squares) / 3, org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    @Test
    void aRankThatEndsIsNamedAtOnceWithItsReason() {
        CountDownLatch over = new CountDownLatch(2);
        long start = System.nanoTime();
        List<String> answers = Together.run(3, group -> {
            group.sum("tests", 1);
            if (group.rank() == 1) {
                group.leave("its data is gone");
                over.await();
                return "";
            }
            try {
                group.sum("gradients", 1);
                return "no failure";
            } catch (DistributedException e) {
                return e.getMessage();
            } finally {
                over.countDown();
            }
        });
        assertThat(answers.get(0)).isEqualTo("rank 0: the sum of gradients failed: rank 1 ended: its data is gone");
        assertThat(answers.get(2)).isEqualTo("rank 2: the sum of gradients failed: rank 1 ended: its data is gone");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("not when the time for an operation is over")
                .isLessThan(Together.PATIENCE.operation().dividedBy(2));
    }

    @Test
    void aRankThatHangsIsNamedAfterTheTimeForAnOperation() {
        CountDownLatch over = new CountDownLatch(1);
        List<String> answers = Together.run(2, Together.PATIENCE.operation(Duration.ofMillis(500)), group -> {
            if (group.rank() == 1) {
                over.await();
                return "";
            }
            try {
                group.barrier("of tests");
                return "no failure";
            } catch (DistributedException e) {
                assertThatThrownBy(() -> group.sum("more", 1)).hasMessageContaining("has failed before");
                return e.getMessage();
            } finally {
                over.countDown();
            }
        });
        assertThat(answers.get(0)).isEqualTo("rank 0: the barrier of tests failed: rank 1 is gone");
    }

    @Test
    void aWordThatComesLateIsHeard() {
        List<Long> heard = Together.run(2, group -> {
            if (group.rank() == 0) {
                Meeting.pause(Together.PATIENCE.check().multipliedBy(5));
            }
            return group.say(7, new byte[0]).number();
        });
        assertThat(heard).containsExactly(7L, 7L);
    }

    /** As when the machine that serves the store is gone without a word: connections stay, and nothing comes. */
    @Test
    void whoWaitsForAWordOfAMachineThatIsGoneNoticesIt() throws Exception {
        Patience impatient = Together.PATIENCE.operation(Duration.ofSeconds(2));
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (CollectiveStore agent = CollectiveStore.open("127.0.0.1", 0, true, "agent", Together.PATIENCE.meeting());
                Relay relay = new Relay(agent.port())) {
            Launch near = new Launch(0, 2, 0, 2, "127.0.0.1", agent.port(), true, 0, "");
            Launch far = new Launch(1, 2, 1, 2, "127.0.0.1", relay.port(), true, 0, "");
            Future<?> first = threads.submit(() -> {
                try (ProcessGroup group = ProcessGroup.join(near, Device.CPU, "test", Together.PATIENCE)) {
                    group.say(1, new byte[0]);
                    over.await(); // and says nothing more
                    return group.rank();
                }
            });
            Future<String> second = threads.submit(() -> {
                try (ProcessGroup group = ProcessGroup.join(far, Device.CPU, "test", impatient)) {
                    group.say(0, new byte[0]);
                    relay.cut();
                    group.say(0, new byte[0]);
                    return "no failure";
                } catch (DistributedException e) {
                    return e.getMessage();
                } finally {
                    over.countDown();
                }
            });
            assertThat(second.get())
                    .isEqualTo("rank 1: the broadcast of what comes next from rank 0 failed: rank 0 at 127.0.0.1 does"
                            + " not answer");
            first.get();
        } finally {
            over.countDown();
            threads.shutdown();
        }
    }

    @Test
    void whoDoesNotComeIsNamed() {
        Patience impatient = Together.PATIENCE.meeting(Duration.ofMillis(300));
        try (ProcessGroup.Place place = ProcessGroup.place(Launch.local(0, 3, 0), impatient)) {
            assertThatThrownBy(() -> place.join(Device.CPU, "test", line -> {}, Optional::empty))
                    .isInstanceOf(DistributedException.class)
                    .hasMessageContaining("rank 0 waited 0 s for ranks 1, 2 of 3 at 127.0.0.1:");
            assertThatThrownBy(() -> ProcessGroup.place(Launch.local(0, 2, place.port()), impatient))
                    .isInstanceOf(DistributedException.class)
                    .hasMessageContaining("cannot serve at port " + place.port())
                    .hasMessageContaining("MASTER_PORT");
        }
    }

    @Test
    void whoFindsNobodyOrComesTwiceOrBringsAnotherVersionIsTold() {
        Patience impatient = Together.PATIENCE.meeting(Duration.ofMillis(300));
        assertThatThrownBy(() -> ProcessGroup.place(Launch.local(1, 2, 1), impatient))
                .hasMessageContaining("rank 1 found no rank 0 at 127.0.0.1:1 within");
        try (ProcessGroup.Place place = ProcessGroup.place(Launch.local(0, 2, 0), Together.PATIENCE);
                ProcessGroup.Place other = ProcessGroup.place(Launch.local(1, 2, place.port()), Together.PATIENCE);
                ProcessGroup.Place twice = ProcessGroup.place(Launch.local(1, 2, place.port()), Together.PATIENCE)) {
            assertThatThrownBy(() -> place.join(Device.CPU, "1.0", line -> {}, () -> Optional.of("rank 1 has ended")))
                    .hasMessage("rank 0: rank 1 has ended");
            assertThatThrownBy(() -> other.join(Device.CPU, "2.0", line -> {}, Optional::empty))
                    .hasMessage("rank 1 runs 2.0 but rank 0 runs 1.0; run the same on all");
            assertThatThrownBy(() -> twice.join(Device.CPU, "1.0", line -> {}, Optional::empty))
                    .hasMessageContaining("there is a rank 1 already");
        }
    }

    /** As under torchrun, whose agent keeps the port, and one store for all starts of the processes. */
    @Test
    void aStoreThatTheLauncherServesIsJoinedByAllAndOutlivesThem() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (CollectiveStore agent = CollectiveStore.open("127.0.0.1", 0, true, "agent", Together.PATIENCE.meeting())) {
            for (int attempt = 0; attempt < 2; attempt++) {
                List<Future<Double>> sums = new ArrayList<>();
                for (int rank = 0; rank < 2; rank++) {
                    Launch launch = new Launch(rank, 2, rank, 2, "127.0.0.1", agent.port(), true, attempt, "");
                    sums.add(threads.submit(() -> {
                        try (ProcessGroup group = ProcessGroup.join(launch, Device.CPU, "test", Together.PATIENCE)) {
                            return group.sum("tests", 1 + group.rank())[0];
                        }
                    }));
                }
                for (Future<Double> sum : sums) {
                    assertThat(sum.get()).isEqualTo(3);
                }
            }
            agent.set("key", "of the agent");
            assertThat(agent.get("key")).contains("of the agent");
        } finally {
            threads.shutdown();
        }
    }

    /** A try to connect is short; NCCL then waits for keys of that store. */
    @Test
    void whoHasConnectedWaitsForKeysAsLongAsForOthers() {
        try (ProcessGroup.Place place = ProcessGroup.place(Launch.local(0, 2, 0), Together.PATIENCE);
                CollectiveStore store = new Meeting(Launch.local(1, 2, place.port()), Together.PATIENCE.meeting())
                        .store(Optional::empty)) {
            assertThat(store.patience()).isEqualTo(Together.PATIENCE.meeting());
        }
    }

    @Test
    void whoWillNotComeSaysWhy() {
        try (ProcessGroup.Place place = ProcessGroup.place(Launch.local(0, 2, 0), Together.PATIENCE)) {
            ProcessGroup.decline(Launch.local(1, 2, place.port()), "it has no data");
            assertThatThrownBy(() -> place.join(Device.CPU, "1.0", line -> {}, () -> Optional.of("rank 1 has ended")))
                    .hasMessage("rank 0: rank 1 ended: it has no data");
        }
        ProcessGroup.decline(Launch.local(1, 2, 1), "nobody hears this");
    }

    @Test
    void whoKnowsThatNobodyServesDoesNotWait() {
        assertThatThrownBy(() -> ProcessGroup.place(
                        Launch.local(1, 2, 1), Together.PATIENCE, () -> Optional.of("rank 0 is gone")))
                .isInstanceOf(DistributedException.class)
                .hasMessage("rank 1: rank 0 is gone");
    }

    @Test
    void whatFailsInWorkThatIsDoneTogetherIsTold() {
        CountDownLatch over = new CountDownLatch(1);
        List<String> answers = Together.run(2, group -> {
            try {
                return group.together(() -> {
                    if (group.rank() == 1) {
                        throw new IllegalStateException("its disk is full");
                    }
                    return "" + group.sum("tests", 1)[0];
                });
            } catch (IllegalStateException own) {
                over.await();
                return own.getMessage();
            } catch (DistributedException e) {
                over.countDown();
                return e.getMessage();
            }
        });
        assertThat(answers)
                .containsExactly("rank 0: the sum of tests failed: rank 1 ended: its disk is full", "its disk is full");
    }

    @Test
    void moreProcessesThanExamplesAreRefused() {
        Together.run(2, group -> {
            assertThatThrownBy(() -> Ranks.of(group, 1, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a batch of 1 cannot be shared by 2 processes");
            return 0;
        });
    }
}
