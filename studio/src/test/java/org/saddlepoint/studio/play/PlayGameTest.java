package org.saddlepoint.studio.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class PlayGameTest {
    private static PlaySettings settings(Object... namesAndValues) {
        ObjectNode json = Json.object();
        json.put("width", 16);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.set(String.valueOf(namesAndValues[i]), Json.tree(namesAndValues[i + 1]));
        }
        return PlaySettings.read(json);
    }

    static Stream<Arguments> games() {
        return PlaySettings.objectives().stream().flatMap(objective -> PlaySettings.constraints().stream()
                .map(constraint -> Arguments.of(objective, constraint)));
    }

    @ParameterizedTest
    @MethodSource("games")
    void everyGameIsPlayedAndSeen(String objective, String constraint) {
        try (PlayGame game = new PlayGame(settings("objective", objective, "constraint", constraint, "weight", 0.1))) {
            game.train(2);
            PlayGame.Look look = game.look();
            assertThat(look.step()).isEqualTo(2);
            assertThat(look.discriminatorLoss()).isFinite();
            assertThat(look.ofModes()).isEqualTo(8);
            assertThat(look.cells()).hasSize(PlayGame.CELLS * PlayGame.CELLS);
            for (float arrow : look.arrows()) {
                assertThat(arrow).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("games")
    void everyGameGoesOnAsEveryOther(String objective, String constraint) {
        try (PlayGame game = new PlayGame(settings())) {
            game.train(3);
            float[] before = game.look().fake();
            game.change(settings("objective", objective, "constraint", constraint, "weight", 0.1, "data", "swissroll"));
            assertThat(game.look().fake()).as("G keeps what it learnt").isEqualTo(before);
            game.train(1);
            assertThat(game.look().step()).isEqualTo(4);
            assertThat(game.look().fake()).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void lookingChangesNothing(String constraint) {
        PlaySettings by = settings("constraint", constraint, "weight", 0.1);
        try (PlayGame seen = new PlayGame(by);
                PlayGame unseen = new PlayGame(by)) {
            for (int i = 0; i < 4; i++) {
                seen.train(1);
                seen.look();
                unseen.train(1);
            }
            assertThat(seen.look().cells()).isEqualTo(unseen.look().cells());
        }
    }

    static List<String> constraints() {
        return PlaySettings.constraints();
    }

    @Test
    void rewoundGamesPlayTheSameAgainWithAllChanges() {
        try (PlayLane lane = new PlayLane(settings("constraint", "spectral-normalization"))) {
            lane.train(3);
            lane.change(settings("objective", "hinge", "criticSteps", 2));
            lane.train(3);
            float[] there = lane.game().look().fake();
            lane.train(5);
            assertThat(lane.game().look().fake()).isNotEqualTo(there);
            lane.rewind(6);
            assertThat(lane.game().steps()).isEqualTo(6);
            assertThat(lane.game().settings().objective()).isEqualTo("hinge");
            assertThat(lane.game().look().fake()).isEqualTo(there);
            lane.rewind(1);
            assertThat(lane.game().settings().objective()).isEqualTo("non-saturating");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> settings("objective", "best")).hasMessageContaining("objective");
        assertThatThrownBy(() -> settings("criticSteps", 0)).hasMessageContaining("criticSteps");
        assertThatThrownBy(() -> settings("width", 100_000)).hasMessageContaining("width");
        assertThatThrownBy(() -> settings("data", "/etc/passwd")).hasMessageContaining("data");
        assertThatThrownBy(() -> settings("data", "drawn")).hasMessageContaining("drawn");
        assertThatThrownBy(() -> settings("generatorRate", "NaN")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void drawnDataIsLearnt() {
        try (PlayGame game = new PlayGame(settings("data", "drawn", "drawn", List.of(1, 1, 1.1, 1, -1, -1)))) {
            assertThat(game.real()).isNotEmpty();
            game.train(1);
            assertThat(game.look().modes()).isEqualTo(-1);
        }
    }

    /** Updates and looks by turns, so that both see the same machine. */
    @Test
    void aLookTakesNotMuchLongerThanAnUpdate() {
        try (PlayGame game = new PlayGame(settings("width", 64))) {
            game.train(20); // classes are loaded
            game.look();
            long update = Long.MAX_VALUE;
            long look = Long.MAX_VALUE;
            for (int i = 0; i < 60; i++) {
                long before = System.nanoTime();
                game.train(1);
                long trained = System.nanoTime();
                game.look();
                update = Math.min(update, trained - before);
                look = Math.min(look, System.nanoTime() - trained);
            }
            assertThat((double) look / update)
                    .as("times the fastest of 60 updates, of which thirty a second are shown")
                    .isLessThan(3);
        }
    }
}
