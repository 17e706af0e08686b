package org.saddlepoint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.RunException;
import org.saddlepoint.testing.Golden;

/** Event files equal those that TensorBoard's own code writes, byte for byte. */
class EventFileTest {
    private static final double SECONDS = 1.7e9;

    @TempDir
    private Path folder;

    @Test
    void writesWhatTensorBoardWrites() throws IOException {
        Path png = folder.resolve("sheet.png");
        Files.write(png, HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000380000001c080000000000000000"));
        Path file = folder.resolve("events");
        try (EventFile events = new EventFile(file)) {
            Map<String, Double> first = new LinkedHashMap<>();
            first.put("losses/discriminatorLoss", 1.5);
            first.put("losses/generatorLoss", 0.0);
            first.put("logits/realLogit", -2.25);
            Map<String, Double> later = new LinkedHashMap<>();
            later.put("losses/discriminatorLoss", Double.NaN);
            later.put("losses/generatorLoss", Double.POSITIVE_INFINITY);
            events.add(List.of(Event.version(SECONDS), Event.scalars(SECONDS, 1, first)));
            events.add(List.of(
                    Event.scalars(SECONDS, 300, later),
                    Event.picture(SECONDS, 20_000_000_000L, "samples", PngFile.read(png)),
                    Event.start(SECONDS, 201)));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(Golden.path("events.tfevents")));
    }

    @Test
    void aPictureThatIsNoPngIsRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("sheet.png"), "this is no picture at all, but a text");
        assertThatThrownBy(() -> PngFile.read(text))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("sheet.png is damaged: expected a PNG");
    }
}
