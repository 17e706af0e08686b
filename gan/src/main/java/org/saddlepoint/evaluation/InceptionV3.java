package org.saddlepoint.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Sha256;
import org.saddlepoint.io.PickledStateDict;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The Inception-v3 of the TensorFlow weights of 2015-12-05, by which FID, IS, KID and precision and recall are published
 * (Salimans et al. 2016, Heusel et al. 2017), equal to torch-fidelity's.
 *
 * <p>Images are [N, 3, H, W] or grey [N, 1, H, W], repeated to three channels, of any size, with pixel values in [0, 255];
 * the published numbers are of whole values, so callers quantise first. They are resized to 299×299 as TensorFlow 1 did it
 * (bilinear, source pixel i · in / out), and x becomes (x − 128) / 128. Batch normalization is merged into the
 * convolutions when the weights are loaded, and images lie in memory with channels innermost.
 */
public final class InceptionV3 implements FeatureExtractor {
    /** What the official weights are called in protocols. */
    public static final String NAME = "inception-2015-12-05";

    /** The official weights' file. */
    public static final String OFFICIAL_FILE = "pt_inception-2015-12-05-6726825d.pth";

    /** Where pytorch-fid, whose authors converted the weights, publishes the file. */
    public static final String OFFICIAL_ADDRESS =
            "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/" + OFFICIAL_FILE;

    /**
     * SHA-256 of {@code weights-inception-2015-12-05-6726825d.pth} of torch-fidelity's release v0.2.0 on GitHub, which is
     * also pytorch-fid's {@code pt_inception-2015-12-05-6726825d.pth}; 95,628,359 bytes.
     */
    public static final String OFFICIAL_SHA256 = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2";

    /** Height and width that the network works on, in pixels. */
    public static final int SIDE = 299;

    private static final String OTHER_NAME = "inception-v3";

    /** Batches are cut into so many images: larger ones leave the processor's caches. */
    private static final int CHUNK = 8;

    private final String name;
    private final String fingerprint;
    private final InceptionNetwork network;
    private Device device = Device.CPU;

    /** What the network tells of an image, from early to late; those before the logits are means over pixels. */
    public enum Feature {
        /** After the first max pooling. */
        POOL_64(64),
        /** After the second max pooling. */
        POOL_192(192),
        /** After block Mixed_6e, where auxiliary classifiers were in training. */
        POOL_768(768),
        /** After the last block: what FID, KID and precision and recall compare. */
        POOL_2048(2048),
        /** Logits without the classifier's bias: what IS has been computed from since its first code. */
        LOGITS_UNBIASED(1008),
        /** Logits. */
        LOGITS(1008);

        private final int dimension;

        Feature(int dimension) {
            this.dimension = dimension;
        }

        /** Numbers an image has. */
        public int dimension() {
            return dimension;
        }
    }

    private InceptionV3(String name, String fingerprint, InceptionNetwork network) {
        this.name = name;
        this.fingerprint = fingerprint;
        this.network = network;
    }

    /** The official weights, see {@link #open(Path, boolean)}. */
    public static InceptionV3 open(Path file) throws IOException {
        return open(file, false);
    }

    /**
     * Weights from a file: a state dict of {@code torch.save} or safetensors, with torch-fidelity's names.
     *
     * @param allowOther whether other weights than the official ones are welcome; their numbers compare with no published
     *     ones, and they are called {@code inception-v3}
     * @throws IOException if the file cannot be read, has another hash than {@link #OFFICIAL_SHA256} without allowOther,
     *     or other names or shapes than this network; the message lists them
     */
    public static InceptionV3 open(Path file, boolean allowOther) throws IOException {
        String hash = hash(file);
        if (!allowOther && !hash.equals(OFFICIAL_SHA256)) {
            throw new IOException(
                    file + " has SHA-256 " + hash + " but the weights " + NAME + " have " + OFFICIAL_SHA256
                            + " (weights-inception-2015-12-05-6726825d.pth of torch-fidelity's release v0.2.0); with other"
                            + " weights no number compares with published ones: allow them by name (allowOther)");
        }
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> weights = isSafeTensors(file) ? SafeTensors.read(file) : PickledStateDict.read(file);
            return of(weights, hash);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold the weights of Inception-v3: " + e.getMessage(), e);
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Weights from memory, which are copied. Counts of training batches ({@code num_batches_tracked}) are not needed.
     *
     * @param fingerprint their SHA-256
     * @throws IllegalArgumentException if names or shapes are not this network's, listing them
     */
    public static InceptionV3 of(Map<String, Tensor> weights, String fingerprint) {
        Map<String, Tensor> used = new LinkedHashMap<>(weights);
        used.keySet().removeIf(key -> key.endsWith(".num_batches_tracked"));
        InceptionNetwork network = new InceptionNetwork();
        try {
            network.loadStateDict(used);
        } catch (IllegalArgumentException e) {
            network.close();
            throw e;
        }
        network.fold();
        return new InceptionV3(fingerprint.equals(OFFICIAL_SHA256) ? NAME : OTHER_NAME, fingerprint, network);
    }

    private static boolean isSafeTensors(Path file) throws IOException {
        try (InputStream in = InputFiles.open(file)) {
            byte[] start = in.readNBytes(9);
            return start.length == 9 && start[8] == '{'; // after the header's length
        }
    }

    /** Moves the network to a device; features are on the device, images may be anywhere. */
    public void to(Device newDevice) {
        network.to(newDevice);
        device = newDevice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public int dimension() {
        return Feature.POOL_2048.dimension();
    }

    /** 2,048 features, and logits without bias. */
    @Override
    public Output extract(Tensor images) {
        Map<Feature, Tensor> found = features(images, EnumSet.of(Feature.POOL_2048, Feature.LOGITS_UNBIASED));
        return new Output(
                Objects.requireNonNull(found.get(Feature.POOL_2048)),
                Objects.requireNonNull(found.get(Feature.LOGITS_UNBIASED)));
    }

    /**
     * Features [N, dimension] of images, float32, in the current scope.
     *
     * @param images see the class
     * @param wanted at least one; the network runs as far as needed
     * @throws IllegalArgumentException if there is no image, or pixels are not in [0, 255], such as NaN
     */
    public Map<Feature, Tensor> features(Tensor images, Set<Feature> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("wanted: expected at least one feature but there was none");
        }
        Tensor colour = PixelImages.colour(images);
        Map<Feature, List<Tensor>> parts = new EnumMap<>(Feature.class);
        Map<Feature, Tensor> joined = new EnumMap<>(Feature.class);
        try (TensorScope scratch = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            for (long start = 0; start < colour.size(0); start += CHUNK) {
                Tensor chunk = colour.narrow(0, start, Math.min(CHUNK, colour.size(0) - start));
                forward(chunk, wanted)
                        .forEach((feature, values) -> parts.computeIfAbsent(feature, key -> new ArrayList<>())
                                .add(values));
            }
            parts.forEach((feature, values) -> joined.put(feature, scratch.promote(Tensors.cat(values, 0))));
        }
        return joined;
    }

    private Map<Feature, Tensor> forward(Tensor colour, Set<Feature> wanted) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor sized = TensorFlowResize.resize(colour.to(device), SIDE, SIDE);
            Map<Feature, Tensor> found = network.forward(sized.sub(128).div(128).channelsLast(), wanted);
            found.values().forEach(scratch::promote);
            return found;
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
