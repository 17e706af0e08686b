package org.saddlepoint.studio.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.models.Tiles.Part;
import org.saddlepoint.studio.models.Tiles.Tile;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.Raw;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.studio.server.ServerOptions;
import org.saddlepoint.tensor.OperationProfile;

class ModelPagesTest {
    @TempDir
    private static Path runs;

    @BeforeAll
    static void train() {
        train("points", "gan-points", "ring8");
        train("pictures", "cdcgan", "digits");
    }

    private static void train(String name, String recipeName, String spec) {
        Recipe recipe = Recipes.load(recipeName, Map.of("steps", "2"));
        try (Dataset data = DataSources.open(spec, recipe.dataOptions())) {
            Run.train(recipe, data, runs.resolve(name), RunOptions.DEFAULT.threads(1));
        }
    }

    private static Tiles tiles(int label, Part... parts) {
        return new Tiles(List.of(new Tile(List.of(parts), label)), OptionalDouble.empty());
    }

    @Test
    void aTileIsTheSampleOfItsSeed() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("points"))) {
            float[] tile = tiles(-1, new Part(7, 1)).draw(generator);
            float[] sample = generator.sample(SampleOptions.of(1).seed(7)).toFloatArray();
            assertThat(tile).containsExactly(sample, within(1e-6f));
        }
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("pictures"))) {
            float[] tile = tiles(3, new Part(7, 1)).draw(generator);
            float[] sample =
                    generator.sample(SampleOptions.of(1).seed(7).label(3)).toFloatArray();
            assertThat(tile).containsExactly(sample, within(1e-5f));
        }
    }

    @Test
    void mixedLatentsStayNormalSoThatOneMixedWithNothingIsItself() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("points"))) {
            float[] alone = tiles(-1, new Part(7, 1)).draw(generator);
            assertThat(tiles(-1, new Part(7, 0.25), new Part(8, 0)).draw(generator))
                    .as("weights are relative")
                    .containsExactly(alone, within(1e-6f));
            assertThat(tiles(-1, new Part(7, 1), new Part(8, 1)).draw(generator))
                    .isNotEqualTo(alone);
        }
    }

    @Test
    void classesThatDoNotExistAreRefused() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("pictures"))) {
            for (int label : new int[] {-1, 10}) {
                assertThatThrownBy(() -> tiles(label, new Part(7, 1)).draw(generator))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("label must be in [0, 9]");
            }
        }
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("points"))) {
            assertThatThrownBy(() -> tiles(0, new Part(7, 1)).draw(generator)).hasMessageContaining("no class");
        }
    }

    /** What the network takes is what an answer takes. */
    @Test
    void tenFreshDigitsAreOnePassThroughTheNetwork() {
        try (TrainedGenerator generator = TrainedGenerator.open(runs.resolve("pictures"))) {
            Map<String, Long> one = operations(generator, 1);
            Map<String, Long> ten = operations(generator, 10);
            for (String layer : List.of("convTranspose2d", "batchNorm", "tanh")) {
                assertThat(ten.get(layer)).as(layer).isPositive().isEqualTo(one.get(layer));
            }
        }
    }

    /** How often each was called for so many digits. */
    private static Map<String, Long> operations(TrainedGenerator generator, int digits) {
        Tiles tiles = new Tiles(
                IntStream.range(0, digits)
                        .mapToObj(i -> new Tile(List.of(new Part(i, 1)), i))
                        .toList(),
                OptionalDouble.empty());
        try (OperationProfile profile = OperationProfile.open()) {
            tiles.draw(generator);
            return profile.totals().stream()
                    .collect(Collectors.toMap(OperationProfile.Total::operation, OperationProfile.Total::calls));
        }
    }

    @Test
    void whatCannotBeDrawnOrTranslatedIsNamed() throws IOException {
        AccessToken token = AccessToken.random();
        Fakes.run(runs.resolve("empty"), "RUNNING");
        try (Studio studio = Studio.open(runs, ServerOptions.local().token(token), arguments -> List.of("true"))) {
            assertThat(asked(studio, token).get("/api/model?id=empty").body()).contains("has no checkpoint yet");
            assertThat(asked(studio, token).get("/api/translator?id=points").status())
                    .isEqualTo(400);
            Raw.Answer many = asked(studio, token)
                    .post(
                            "/api/model/draw?id=points",
                            "{\"tiles\":[" + "{\"parts\":[[1,1]]},".repeat(256) + "{\"parts\":[[1,1]]}]}");
            assertThat(many.body()).contains("expected 1 to 256 samples but was asked for 257");
            assertThat(asked(studio, token)
                            .post("/api/model/draw?id=points", "{}")
                            .status())
                    .isEqualTo(400);
            assertThat(asked(studio, token)
                            .post("/api/model/draw?id=pictures", "{\"tiles\":[{\"parts\":[[1,1]],\"label\":2}]}")
                            .text())
                    .contains("image/png", "X-Columns: 1", "X-Step: 2");
            assertThat(asked(studio, token)
                            .post("/api/translator/translate?id=points&direction=up", "x")
                            .body())
                    .contains("direction must be a2b or b2a");
        }
    }

    private static Raw asked(Studio studio, AccessToken token) {
        return Raw.at(studio.port()).token(token).header("Origin", "http://127.0.0.1:" + studio.port());
    }
}
