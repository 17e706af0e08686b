package pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on a model of twenty steps. */
class PicturesApplicationTest {
    @TempDir
    private Path temp;

    @Test
    void answersWithThePictureOfTheSeed() throws Exception {
        Path run = temp.resolve("run");
        Recipe recipe = Recipes.load(
                "dcgan-quick", Map.of("generator.width", "8", "discriminator.width", "8", "updates.batchSize", "16", "steps", "20"));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            Run.train(recipe, digits, run, RunOptions.DEFAULT);
        }
        try (ConfigurableApplicationContext service = SpringApplication.run(
                PicturesApplication.class,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--pictures.run=" + run)) {
            byte[] picture = get(service, "/picture?seed=7");
            assertEquals(28, ImageIO.read(new ByteArrayInputStream(picture)).getWidth());
            assertArrayEquals(picture, get(service, "/picture?seed=7"));
            assertFalse(Arrays.equals(picture, get(service, "/picture?seed=8")));
            TrainedGenerator generator = service.getBean(TrainedGenerator.class);
            assertArrayEquals(generator.sample(SampleOptions.of(1).seed(7)).png(0), picture);
        }
    }

    private static byte[] get(ConfigurableApplicationContext service, String path) throws Exception {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        assertEquals("image/png", response.headers().firstValue("Content-Type").orElse("none"));
        return response.body();
    }
}
