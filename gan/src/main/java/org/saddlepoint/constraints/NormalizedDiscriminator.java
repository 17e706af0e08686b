package org.saddlepoint.constraints;

import java.util.Map;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Module;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A discriminator under {@link GradientNormalization}; weights and names are those of the one inside. */
final class NormalizedDiscriminator implements Discriminator {
    private final Discriminator inner;
    private final GradientNormalization settings;

    NormalizedDiscriminator(Discriminator inner, GradientNormalization settings) {
        this.inner = inner;
        this.settings = settings;
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        boolean recording = Autograd.isRecording();
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording on = Autograd.withGrad()) {
            // Where samples come from a generator that is trained through D, the graph goes on into it.
            Tensor x = samples.requiresGrad() ? samples : samples.withGrad(true);
            Tensor f = inner.forward(x, conditioning);
            Tensor gradient = SampleGradients.differentiable(f, x);
            Tensor normalized = settings.zeta().normalized(f, SampleGradients.norms(gradient));
            return scratch.promote(recording ? normalized : normalized.detach());
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
            Tensor gradient = SampleGradients.constant(f, x);
            f = f.detach();
            Tensor norm = SampleGradients.norms(gradient);
            Tensor slope = settings.zeta().slope(f, norm).unsqueeze(1);
            // f̂ of these samples, as a linear function of them whose gradient is ∇f̂: its second term is 0.
            Tensor offset = samples.sub(x.detach()).flatten(1);
            Tensor linear = offset.mul(gradient.flatten(1).mul(slope)).sum(false, 1);
            return scratch.promote(settings.zeta().normalized(f, norm).add(linear));
        }
    }

    @Override
    public boolean dependsOnBatch() {
        return inner.dependsOnBatch();
    }

    @Override
    public Map<String, Parameter> parameters() {
        return inner.parameters();
    }

    @Override
    public Map<String, Module> modules() {
        return inner.modules();
    }

    @Override
    public Map<String, Tensor> stateDict() {
        return inner.stateDict();
    }

    @Override
    public void loadStateDict(Map<String, Tensor> values) {
        inner.loadStateDict(values);
    }

    @Override
    public void train(boolean on) {
        inner.train(on);
    }

    @Override
    public void to(Device device) {
        inner.to(device);
    }

    @Override
    public void to(DType dtype) {
        inner.to(dtype);
    }

    @Override
    public void close() {
        inner.close();
    }
}
