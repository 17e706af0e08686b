package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.Player;
import org.saddlepoint.training.TrainingState;

/** Measures gradients and weights of any players, of translators among others; of several, the largest. */
public final class WeightProbe implements Probe {
    private final List<Watched> generators = new ArrayList<>();
    private final List<Watched> discriminators = new ArrayList<>();

    private record Watched(Network network, GradientRecorder gradients) {
        static Watched of(Player<?> player) {
            return new Watched(player.network(), GradientRecorder.on(player.network(), player.optimizer()));
        }
    }

    /** A probe of these players, which stay the caller's. */
    public WeightProbe(List<? extends Player<?>> generators, List<? extends Player<?>> discriminators) {
        generators.forEach(player -> this.generators.add(Watched.of(player)));
        discriminators.forEach(player -> this.discriminators.add(Watched.of(player)));
    }

    @Override
    public void arm() {
        generators.forEach(each -> each.gradients().arm());
        discriminators.forEach(each -> each.gradients().arm());
    }

    @Override
    public Map<Signal, Double> measure(TrainingState state) {
        EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);
        List<Network> networks = new ArrayList<>();
        generators.forEach(each -> networks.add(each.network()));
        discriminators.forEach(each -> networks.add(each.network()));
        try (TensorScope scope = TensorScope.open();
                Undisturbed kept = new Undisturbed(state.random(), networks);
                Autograd.Recording off = Autograd.noGrad()) {
            measure(generators, values, Signal.G_GRADIENT, Signal.G_DEAD, Signal.G_SIGMA);
            measure(discriminators, values, Signal.D_GRADIENT, Signal.D_DEAD, Signal.D_SIGMA);
        }
        return values;
    }

    private void measure(
            List<Watched> players, Map<Signal, Double> values, Signal gradient, Signal dead, Signal sigma) {
        for (Watched each : players) {
            EnumMap<Signal, Double> own = new EnumMap<>(Signal.class);
            each.gradients().take(gradient, dead, own);
            own.put(sigma, WeightSpectrum.of(each.network()).largest());
            own.forEach((signal, value) -> values.merge(signal, value, Math::max));
        }
    }

    @Override
    public void close() {}
}
