package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.stream.Stream;
import org.saddlepoint.diagnostics.Symptom;

/** All symptoms, the gravest first. */
public final class Symptoms {
    /** In the order in which they are told where several are found at once. */
    public static final List<Symptom> ALL = Stream.of(
                    List.of(
                            new Explosion(),
                            new DataFault(),
                            new ModeCollapse(),
                            new DeadLayers(),
                            new VanishingGradient(),
                            new WeakDiscriminator(),
                            new IgnoredLatent(),
                            new IgnoredLabel(),
                            new PartialCollapse(),
                            new Oscillation(),
                            new Memorisation(),
                            new DiscriminatorOverfitting()),
                    Translators.ALL,
                    List.of(
                            new StatisticsMismatch(),
                            new LaggingAverage(),
                            new Checkerboard(),
                            new ColourDrift(),
                            new Waiting(),
                            new Plateau()))
            .flatMap(List::stream)
            .toList();

    private Symptoms() {}
}
