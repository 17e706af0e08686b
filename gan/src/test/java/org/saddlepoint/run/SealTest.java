package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte that changes is noticed. */
class SealTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void seal() throws IOException {
        Files.writeString(folder.resolve("a.bin"), "weights");
        Files.write(folder.resolve("b.bin"), new byte[0]);
        Seal.write(folder, Map.of("step", 500, "note", "Grüße"));
    }

    @Test
    void whatWasWrittenIsSound() throws IOException {
        assertThat(Seal.damage(folder)).isEmpty();
        String state = Files.readString(folder.resolve("state.json"));
        assertThat(state)
                .startsWith("{\n  \"seal\" : \"")
                .contains("\"step\" : 500", "\"note\" : \"Grüße\"")
                // printf weights | sha256sum, and of nothing
                .contains("\"a.bin\" : \"9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c\"")
                .contains("\"b.bin\" : \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"");
    }

    @Test
    void everyFlippedBitOfEveryFileIsNoticed() throws IOException {
        for (String name : List.of("a.bin", "state.json")) {
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] changed = whole.clone();
                    changed[i] ^= (byte) (1 << bit);
                    Files.write(file, changed);
                    assertThat(Seal.damage(folder))
                            .as("bit %d of byte %d of %s", bit, i, name)
                            .isPresent();
                }
            }
            Files.write(file, whole);
        }
        assertThat(Seal.damage(folder)).isEmpty();
    }

    @Test
    void everyLengthButItsOwnIsNoticed() throws IOException {
        for (String name : List.of("a.bin", "b.bin", "state.json")) {
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length + 3; length++) {
                Files.write(file, java.util.Arrays.copyOf(whole, length));
                assertThat(Seal.damage(folder).isEmpty())
                        .as("%d bytes of %s", length, name)
                        .isEqualTo(length == whole.length);
            }
            Files.delete(file);
            assertThat(Seal.damage(folder)).contains(name + " is missing");
            Files.write(file, whole);
        }
    }
}
