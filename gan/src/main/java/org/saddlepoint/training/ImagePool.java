package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A history of generated images (Shrivastava et al. 2017, section 2.3; Zhu et al. 2017, section 4). It is filled first. Then
 * of each new image, with probability 1/2, an old one is shown in its place, and the new one takes the old one's.
 */
public final class ImagePool implements AutoCloseable {
    private final int size;
    private final List<Retained> images = new ArrayList<>();

    /**
     * An empty pool.
     *
     * @param size how many images it holds, >= 0; with 0 every image is shown at once
     */
    public ImagePool(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("size must be >= 0 but was " + size);
        }
        this.size = size;
    }

    /**
     * What the discriminator is shown instead of these images.
     *
     * @param fresh [N, C, H, W], not differentiable
     * @param random one uniform number an image once the pool is full, and one of 0 … size − 1 where an old one is shown
     * @return [N, C, H, W]
     */
    public Tensor query(Tensor fresh, RandomGenerator random) {
        if (size == 0) {
            return fresh;
        }
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> shown = new ArrayList<>();
            for (int i = 0; i < fresh.size(0); i++) {
                Tensor image = fresh.narrow(0, i, 1);
                if (images.size() < size) {
                    images.add(Retained.copyOf(image));
                    shown.add(image);
                } else if (random.uniform(0, 1, 1).item() > 0.5) {
                    Tensor stored =
                            images.get((int) random.integers(size, 1).item()).tensor();
                    shown.add(stored.copy());
                    stored.assign(image);
                } else {
                    shown.add(image);
                }
            }
            return scratch.promote(Tensors.cat(shown, 0));
        }
    }

    /** The images, by their place. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < images.size(); i++) {
            state.put(Integer.toString(i), images.get(i).tensor());
        }
        return state;
    }

    /** @throws IllegalArgumentException if these are not the images of a pool of this size */
    void load(Map<String, Tensor> state) {
        List<Retained> loaded = new ArrayList<>();
        for (int i = 0; i < state.size(); i++) {
            Tensor image = state.get(Integer.toString(i));
            if (image == null || state.size() > size) {
                loaded.forEach(Retained::close);
                throw new IllegalArgumentException("the pool of images does not fit: expected at most " + size
                        + " images, numbered from 0, but was " + state.keySet());
            }
            loaded.add(Retained.copyOf(image));
        }
        close();
        images.addAll(loaded);
    }

    /** Frees the images; the pool is empty then. */
    @Override
    public void close() {
        images.forEach(Retained::close);
        images.clear();
    }
}
