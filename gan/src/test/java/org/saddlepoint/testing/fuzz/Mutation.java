package org.saddlepoint.testing.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * How a valid file becomes the input of one try. jqwik shrinks one that fails to few and small edits.
 *
 * @param seed which of the format's valid files
 * @param edits in this order
 * @param repaired whether lengths and checksums around the edits are made right again, so that readers look further
 */
public record Mutation(int seed, List<Edit> edits, boolean repaired) {

    /** All mutations. */
    public static final class Any implements ArbitrarySupplier<Mutation> {
        @Override
        public Arbitrary<Mutation> get() {
            Arbitrary<Edit> edit = Combinators.combine(
                            Arbitraries.of(Edit.Kind.class),
                            Arbitraries.integers().between(0, 0xffff).withoutEdgeCases(),
                            Arbitraries.integers().between(1, 100),
                            Arbitraries.integers().withoutEdgeCases())
                    .as(Edit::new);
            return Combinators.combine(
                            Arbitraries.integers().between(0, 999).withoutEdgeCases(),
                            edit.list().ofMinSize(1).ofMaxSize(5),
                            Arbitraries.of(false, true))
                    .as(Mutation::new);
        }
    }

    byte[] of(Format format) {
        List<byte[]> seeds = format.seeds();
        byte[] file = seeds.get(seed % seeds.size());
        for (Edit edit : edits) {
            byte[] other = seeds.get(Math.floorMod(edit.value(), seeds.size()));
            file = edit.apply(file, other, format.words());
        }
        return repaired ? format.repair().apply(file) : file;
    }
}
