package org.saddlepoint.tensor;

import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Arithmetic of a {@link Tensor}, element by element; comparisons answer type bool. */
abstract sealed class TensorArithmetic extends TensorValues permits TensorReductions {
    TensorArithmetic(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        super(handle, scope);
    }

    /** Sum; shapes broadcast. */
    public Tensor add(Tensor other) {
        return Native.run("add", () -> handle.add(other.handle), this, other);
    }

    /** Adds a number. */
    public Tensor add(double value) {
        return Native.run("add", Settings.of("value", value), () -> handle.add(Native.scalar(value)), this);
    }

    /** Difference; shapes broadcast. */
    public Tensor sub(Tensor other) {
        return Native.run("sub", () -> handle.sub(other.handle), this, other);
    }

    /** Subtracts a number. */
    public Tensor sub(double value) {
        return Native.run("sub", Settings.of("value", value), () -> handle.sub(Native.scalar(value)), this);
    }

    /** Product; shapes broadcast. */
    public Tensor mul(Tensor other) {
        return Native.run("mul", () -> handle.mul(other.handle), this, other);
    }

    /** Multiplies by a number. */
    public Tensor mul(double value) {
        return Native.run("mul", Settings.of("value", value), () -> handle.mul(Native.scalar(value)), this);
    }

    /** Quotient; shapes broadcast. */
    public Tensor div(Tensor other) {
        return Native.run("div", () -> handle.div(other.handle), this, other);
    }

    /** Divides by a number. */
    public Tensor div(double value) {
        return Native.run("div", Settings.of("value", value), () -> handle.div(Native.scalar(value)), this);
    }

    /** The larger of two; shapes broadcast. */
    public Tensor maximum(Tensor other) {
        return Native.run("maximum", () -> handle.maximum(other.handle), this, other);
    }

    /** The smaller of two; shapes broadcast. */
    public Tensor minimum(Tensor other) {
        return Native.run("minimum", () -> handle.minimum(other.handle), this, other);
    }

    /** Raises to a power. */
    public Tensor pow(double value) {
        return Native.run("pow", Settings.of("value", value), () -> handle.pow(Native.scalar(value)), this);
    }

    /** −x. */
    public Tensor neg() {
        return Native.run("neg", () -> handle.neg(), this);
    }

    /** |x|. */
    public Tensor abs() {
        return Native.run("abs", () -> handle.abs(), this);
    }

    /** eˣ. */
    public Tensor exp() {
        return Native.run("exp", () -> handle.exp(), this);
    }

    /** Natural logarithm. */
    public Tensor log() {
        return Native.run("log", () -> handle.log(), this);
    }

    /** Square root. */
    public Tensor sqrt() {
        return Native.run("sqrt", () -> handle.sqrt(), this);
    }

    /** x². */
    public Tensor square() {
        return Native.run("square", () -> handle.square(), this);
    }

    /** −1, 0 or 1. */
    public Tensor sign() {
        return Native.run("sign", () -> handle.sign(), this);
    }

    /** Hyperbolic tangent. */
    public Tensor tanh() {
        return Native.run("tanh", () -> handle.tanh(), this);
    }

    /** 1 / (1 + e⁻ˣ). */
    public Tensor sigmoid() {
        return Native.run("sigmoid", () -> handle.sigmoid(), this);
    }

    /** max(x, 0). */
    public Tensor relu() {
        if (InputGradient.holdsSlopes()) {
            return mul(slopes(0));
        }
        return Native.run("relu", () -> handle.relu(), this);
    }

    /** log(1 + eˣ), without overflow. */
    public Tensor softplus() {
        return Native.run("softplus", () -> torch.softplus(handle, Native.scalar(1), Native.scalar(50)), this);
    }

    /** x where x > 0, else slope · x. */
    public Tensor leakyRelu(double slope) {
        if (InputGradient.holdsSlopes()) {
            return mul(slopes(slope));
        }
        return Native.run(
                "leakyRelu", Settings.of("slope", slope), () -> torch.leaky_relu(handle, Native.scalar(slope)), this);
    }

    /** 1 where x > 0, else the slope; a constant. */
    private Tensor slopes(double slope) {
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor one = Tensors.full(1, dtype()).to(device()).expand(shape().toArray());
            return scratch.promote(Native.run(
                    "slopes",
                    Settings.of("slope", slope),
                    () -> torch.leaky_relu_backward(one.handle, handle, Native.scalar(slope), false),
                    this));
        }
    }

    /** Values cut to [low, high]. */
    public Tensor clamp(double low, double high) {
        return Native.run(
                "clamp",
                Settings.of("low", low, "high", high),
                () -> handle.clamp(new ScalarOptional(Native.scalar(low)), new ScalarOptional(Native.scalar(high))),
                this);
    }

    /** Matrix product, batched over leading axes. */
    public Tensor matmul(Tensor other) {
        return Native.run("matmul", () -> handle.matmul(other.handle), this, other);
    }

    // Comparisons, of type bool.

    /** Whether x &gt; value. */
    public Tensor gt(double value) {
        return Native.run("gt", Settings.of("value", value), () -> handle.gt(Native.scalar(value)), this);
    }

    /** Whether x &gt;= value. */
    public Tensor ge(double value) {
        return Native.run("ge", Settings.of("value", value), () -> handle.ge(Native.scalar(value)), this);
    }

    /** Whether x &lt; value. */
    public Tensor lt(double value) {
        return Native.run("lt", Settings.of("value", value), () -> handle.lt(Native.scalar(value)), this);
    }

    /** Whether x &lt;= value. */
    public Tensor le(double value) {
        return Native.run("le", Settings.of("value", value), () -> handle.le(Native.scalar(value)), this);
    }

    /** Whether x = value. */
    public Tensor eq(double value) {
        return Native.run("eq", Settings.of("value", value), () -> handle.eq(Native.scalar(value)), this);
    }

    /** Whether equal; shapes broadcast. */
    public Tensor eq(Tensor other) {
        return Native.run("eq", () -> handle.eq(other.handle), this, other);
    }

    /** Whether neither infinite nor NaN. */
    public Tensor isFinite() {
        return Native.run("isFinite", () -> torch.isfinite(handle), this);
    }

    /** How many elements are infinite or NaN. */
    public long countNonFinite() {
        GraphRecorder.refuseReading("countNonFinite", this);
        try (TensorScope scratch = TensorScope.open()) {
            return shape().elements() - isFinite().handle.count_nonzero().item_long();
        }
    }
}
