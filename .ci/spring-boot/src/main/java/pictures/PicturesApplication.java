package pictures;

import java.nio.file.Path;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service that draws: {@code GET /picture?seed=7} answers with a PNG. */
@SpringBootApplication
public class PicturesApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(PicturesApplication.class, arguments);
    }

    // snippet: service
    @Bean
    TrainedGenerator generator(@Value("${pictures.run}") Path run) {
        return TrainedGenerator.open(run); // once, for all threads; Spring closes it at the end
    }

    @RestController
    static final class Pictures {
        private final TrainedGenerator generator;

        Pictures(TrainedGenerator generator) {
            this.generator = generator;
        }

        @GetMapping(path = "/picture", produces = MediaType.IMAGE_PNG_VALUE)
        byte[] picture(@RequestParam(defaultValue = "0") long seed) {
            return generator.sample(SampleOptions.of(1).seed(seed)).png(0);
        }
    }
    // end
}
