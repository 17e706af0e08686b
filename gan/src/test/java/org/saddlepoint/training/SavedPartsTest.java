package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** How the parts of a checkpoint are handed out. */
@ExtendWith(LeakCheck.class)
class SavedPartsTest {
    @Test
    void whatNobodyTookIsNamed() {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> held = Map.of("weight", Tensors.ones(1));
            SavedParts parts = new SavedParts(Map.of("generator", held, "stranger", held, "empty", Map.of()));
            assertThat(parts.take("generator")).isSameAs(held);
            assertThatThrownBy(parts::requireAllTaken)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("it has the parts [stranger], which this training has no use for");
            assertThat(parts.poll("stranger")).contains(held);
            parts.requireAllTaken(); // nobody misses what holds nothing
            assertThat(parts.take("generator")).isSameAs(held); // one part may serve two
        }
    }

    @Test
    void aPartThatIsMissingIsNamedWithThoseThereAre() {
        SavedParts parts = new SavedParts(Map.of("generator", Map.of()));
        assertThat(parts.poll("generator_ema")).isEmpty();
        assertThatThrownBy(() -> parts.take("generator_ema"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no part generator_ema among [generator]");
    }
}
