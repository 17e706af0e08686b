package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Bytes;

/** Where random numbers come from. */
@ExtendWith(LeakCheck.class)
class RandomStreamsTest {
    private static final List<Function<RandomStreams, RandomGenerator>> ALL =
            List.of(RandomStreams::networks, RandomStreams::latents, RandomStreams::noise);

    private static float[] draw(RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            return random.normal(5).toFloatArray();
        }
    }

    @Test
    void noStreamHearsOfAnother() {
        for (Function<RandomStreams, RandomGenerator> busy : ALL) {
            for (Function<RandomStreams, RandomGenerator> other : ALL) {
                try (RandomStreams one = RandomStreams.of(7);
                        RandomStreams two = RandomStreams.of(7)) {
                    draw(busy.apply(one));
                    boolean same = Arrays.equals(draw(other.apply(one)), draw(other.apply(two)));
                    assertThat(same).isEqualTo(busy != other);
                }
            }
        }
    }

    @Test
    void streamsAndSeedsDiffer() {
        try (RandomStreams seven = RandomStreams.of(7);
                RandomStreams again = RandomStreams.of(7);
                RandomStreams eight = RandomStreams.of(8)) {
            float[] networks = draw(seven.networks());
            float[] latents = draw(seven.latents());
            float[] noise = draw(seven.noise());
            assertThat(latents).isNotEqualTo(networks).isNotEqualTo(noise);
            assertThat(noise).isNotEqualTo(networks);
            assertThat(draw(again.latents())).isEqualTo(latents);
            assertThat(draw(eight.latents())).isNotEqualTo(latents);
            assertThat(seven.isSingle()).isFalse();
        }
    }

    @Test
    void theSingleStreamIsThatOfRunsOfFormat1() {
        try (RandomStreams single = RandomStreams.single(7);
                RandomGenerator plain = new RandomGenerator(7)) {
            for (Function<RandomStreams, RandomGenerator> stream : ALL) {
                assertThat(draw(stream.apply(single))).isEqualTo(draw(plain)); // in the order they are needed
            }
            assertThat(single.isSingle()).isTrue();
            Bytes.requireSame(single.states(), Map.of("", plain.state()));
        }
        try (TrainingState old = TrainingSetup.of(7).withSingleStream(true).start();
                TrainingState now = TrainingSetup.of(7).start()) {
            assertThat(old.random().isSingle()).isTrue();
            assertThat(now.random().isSingle()).isFalse();
        }
    }

    @Test
    void statesAreSavedAndRestoredStreamByStream() {
        for (boolean single : new boolean[] {false, true}) {
            try (RandomStreams first = single ? RandomStreams.single(1) : RandomStreams.of(1);
                    RandomStreams second = single ? RandomStreams.single(2) : RandomStreams.of(2)) {
                draw(first.latents());
                draw(first.noise());
                draw(first.noise());
                Map<String, byte[]> states = first.states();
                assertThat(states.keySet()).isEqualTo(single ? Set.of("") : Set.of("networks", "latents", "noise"));
                second.restore(states);
                Bytes.requireSame(second.states(), first.states());
                for (Function<RandomStreams, RandomGenerator> stream : ALL) {
                    assertThat(draw(stream.apply(second))).isEqualTo(draw(stream.apply(first)));
                }
            }
        }
    }

    @Test
    void statesOfOtherStreamsAreRefusedAndChangeNothing() {
        try (RandomStreams streams = RandomStreams.of(1);
                RandomStreams single = RandomStreams.single(1)) {
            Map<String, byte[]> before = streams.states();
            assertThatThrownBy(() -> streams.restore(single.states()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("it has the random streams [], but this training [networks, latents, noise]");
            assertThatThrownBy(() -> single.restore(Map.of("latents", new byte[0])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("it has the random streams [latents], but this training []");
            Bytes.requireSame(streams.states(), before);
        }
    }
}
