package org.saddlepoint.constraints;

import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.InputGradient;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A discriminator under {@link GradientNormalization}; weights and names are those of the one inside. */
final class NormalizedDiscriminator implements Discriminator {
    private final Discriminator inner;
    private final GradientNormalization settings;
    private final boolean classifies;

    NormalizedDiscriminator(Discriminator inner, GradientNormalization settings) {
        this.inner = inner;
        this.settings = settings;
        this.classifies = inner.classifies();
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        return discriminate(samples, conditioning).logits();
    }

    /** Normalized logits; class logits, if any, as they are. */
    @Override
    public DiscriminatorOutput discriminate(Tensor samples, Conditioning conditioning) {
        boolean recording = Autograd.isRecording();
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) {
            // Where samples come from a generator that is trained through D, the graph goes on into it.
            Tensor x = samples.requiresGrad() ? samples : samples.withGrad(true);
            DiscriminatorOutput output;
            InputGradient pass = InputGradient.of(x);
            try (pass) {
                output = inner.discriminate(x, conditioning);
            }
            Tensor f = output.logits();
            Tensor gradient = SampleGradients.differentiable(pass, f);
            Tensor normalized = settings.zeta().normalized(f, SampleGradients.norms(gradient));
            Tensor classes = output.classLogits();
            return new DiscriminatorOutput(
                    scratch.promote(recording ? normalized : normalized.detach()),
                    classes == null ? null : scratch.promote(recording ? classes : classes.detach()));
        }
    }

    @Override
    public Tensor forwardForGenerator(Tensor samples, Conditioning conditioning) {
        if (settings.generatorPath() == GradientNormalization.GeneratorPath.DIFFERENTIATED) {
            return forward(samples, conditioning);
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor x = samples.withGrad(true);
            Tensor f = inner.forward(x, conditioning);
            Tensor gradient = SampleGradients.of(f, x);
            f = f.detach();
            Tensor norm = SampleGradients.norms(gradient);
            Tensor slope = settings.zeta().slope(f, norm).unsqueeze(1);
            // f̂ of these samples, as a linear function of them whose gradient is ∇f̂: its second term is 0.
            Tensor offset = samples.sub(x.detach()).flatten(1);
            Tensor linear = offset.mul(gradient.flatten(1).mul(slope)).sum(false, 1);
            return scratch.promote(settings.zeta().normalized(f, norm).add(linear));
        }
    }

    /** The closed form is of the logit; where there are class logits, all is differentiated as it is. */
    @Override
    public DiscriminatorOutput discriminateForGenerator(Tensor samples, Conditioning conditioning) {
        return classifies
                ? discriminate(samples, conditioning)
                : DiscriminatorOutput.of(forwardForGenerator(samples, conditioning));
    }

    @Override
    public boolean classifies() {
        return classifies;
    }

    @Override
    public NeuralModule module() {
        return inner.module();
    }
}
