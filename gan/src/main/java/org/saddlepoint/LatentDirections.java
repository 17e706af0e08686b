package org.saddlepoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.models.Generator;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.EqualizedConv2d;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The directions of the latent space along which the first layer of a generator changes most (Shen and Zhou 2021, "Closed-Form
 * Factorization of Latent Semantics in GANs", section 3.2): if the layer maps z to Az + b, those n with |n| = 1 that make |An|
 * largest, one after the other at right angles. They are the eigenvectors of AᵀA; nothing is sampled or trained.
 *
 * <p>Of a generator with styles this is the first layer of the mapping; the authors take the layers that styles enter. Where a
 * part of z goes elsewhere, as the hierarchical latents of BigGAN, directions leave that part as it is.
 *
 * @param layer the name of the layer
 * @param vectors unit vectors of the latent space, that which changes most first; the largest number of each is positive
 * @param strengths |An| of each, descending
 */
public record LatentDirections(String layer, List<List<Float>> vectors, List<Double> strengths) {
    public LatentDirections {
        vectors = vectors.stream().map(List::copyOf).toList();
        strengths = List.copyOf(strengths);
    }

    /** How many there are. */
    public int count() {
        return vectors.size();
    }

    /**
     * The directions of this generator: of its first layer with a weight.
     *
     * @param size numbers of a latent
     * @return empty if its first layer with a weight is no linear map of the latent
     */
    static Optional<LatentDirections> of(Generator generator, int size) {
        for (Map.Entry<String, WeightLayer> layer :
                generator.modules(WeightLayer.class).entrySet()) {
            if (!layer.getValue().isTable() && !isOfCondition(layer.getKey())) {
                boolean readsPictures =
                        layer.getValue() instanceof Conv2d || layer.getValue() instanceof EqualizedConv2d;
                return readsPictures ? Optional.empty() : Optional.of(of(layer.getKey(), layer.getValue(), size));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfCondition(String name) {
        return List.of(name.split("\\.")).contains("embedding");
    }

    private static LatentDirections of(String name, WeightLayer layer, int size) {
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            Tensor weight = layer.weight().to(DType.FLOAT64);
            Tensor rows = layer instanceof ConvTranspose2d ? weight.flatten(1) : weight.transpose(0, 1);
            int inputs = (int) Math.min(size, rows.size(0)); // behind z stands what is said of the condition
            Tensor own = rows.narrow(0, 0, inputs);
            Linalg.Eigen eigen = Linalg.eigenSymmetric(own.matmul(own.transpose(0, 1)));
            double[] values = eigen.values().toDoubleArray();
            double[] columns = eigen.vectors().transpose(0, 1).toDoubleArray();
            List<List<Float>> vectors = new ArrayList<>();
            List<Double> strengths = new ArrayList<>();
            for (int k = inputs - 1; k >= 0; k--) {
                vectors.add(vector(columns, k * inputs, inputs, size));
                strengths.add(Math.sqrt(Math.max(0, values[k])));
            }
            return new LatentDirections(name, vectors, strengths);
        }
    }

    private static List<Float> vector(double[] all, int from, int inputs, int size) {
        double largest = 0;
        for (int i = 0; i < inputs; i++) {
            largest = Math.abs(all[from + i]) > Math.abs(largest) ? all[from + i] : largest;
        }
        List<Float> vector = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            vector.add(i < inputs ? (float) (all[from + i] * Math.signum(largest)) : 0f);
        }
        return vector;
    }
}
