package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SampleConversion;

/** Colour images of the same motifs by several houses, in all sizes that {@link ColourTraining} wants, held in memory. */
public final class ColourMotifs {
    private final List<List<byte[]>> images = new ArrayList<>();
    private final List<Integer> motifs = new ArrayList<>();
    private final List<Integer> houses = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();

    /** Opens the images of a house in a size. */
    @FunctionalInterface
    public interface Opening {
        /** @param side of the images in pixels */
        Dataset of(String house, int side);
    }

    private ColourMotifs() {}

    /**
     * Reads all images.
     *
     * @param houses what the opening knows, at least two
     * @throws EvaluationException if there are fewer than two houses, an image is damaged, or the houses share no motif
     */
    public static ColourMotifs read(List<String> houses, Opening opening) {
        if (houses.size() < 2) {
            throw new EvaluationException(
                    "the colour extractor learns from the same motifs by at least two houses but was" + " given "
                            + houses.size() + "; give a folder or zip for each, with equal names of the files");
        }
        ColourMotifs read = new ColourMotifs();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        ColourTraining.SIDES.forEach(side -> read.images.add(new ArrayList<>()));
        for (int house = 0; house < houses.size(); house++) {
            for (int size = 0; size < ColourTraining.SIDES.size(); size++) {
                try (Dataset data = opening.of(houses.get(house), ColourTraining.SIDES.get(size))) {
                    read.add(data, size, house, numbers);
                }
            }
        }
        if (read.names.size() == read.motifs.size()) {
            throw new EvaluationException(
                    "no two pictures of the houses have the same name; expected equal names for the" + " same motif");
        }
        return read;
    }

    private void add(Dataset data, int size, int house, Map<String, Integer> numbers) {
        int side = ColourTraining.SIDES.get(size);
        if (!data.shape().equals(new ImageShape(3, side, side))) {
            throw new EvaluationException(data.name() + " holds " + data.shape() + "; expected colour pictures");
        }
        float[] values = new float[data.shape().elements()];
        for (int i = 0; i < data.size(); i++) {
            try {
                data.read(i, values, 0);
            } catch (DamagedExampleException e) {
                throw new EvaluationException("a picture is damaged: " + e.getMessage(), e);
            }
            byte[] bytes = new byte[values.length];
            for (int p = 0; p < bytes.length; p++) {
                bytes[p] = SampleConversion.unsigned(values[p]);
            }
            images.get(size).add(bytes);
            if (size == 0) {
                String name = canonical(data.pictures().get(0).name(i));
                motifs.add(numbers.computeIfAbsent(name, unused -> {
                    names.add(name);
                    return names.size() - 1;
                }));
                houses.add(house);
            }
        }
        if (size == 0) {
            sources.add(data.size() + " images, " + data.fingerprint());
        }
    }

    /**
     * Code points without leading zeros, variation selectors and the end of tags, which houses write or leave out: {@code
     * 0023-fe0f-20e3.png} is {@code 23-20e3}.
     */
    static String canonical(String file) {
        String stem = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.[A-Za-z]+$", "");
        return Arrays.stream(stem.split("[-_]"))
                .map(part -> part.replaceFirst("^0+(?=.)", ""))
                .filter(part -> !part.equals("fe0f") && !part.equals("e007f"))
                .collect(Collectors.joining("-"));
    }

    int size() {
        return motifs.size();
    }

    int houses() {
        return sources.size();
    }

    int motif(int index) {
        return motifs.get(index);
    }

    int house(int index) {
        return houses.get(index);
    }

    List<String> names() {
        return names;
    }

    /** What was read, one line a house. */
    List<String> sources() {
        return sources;
    }

    /** An image in [−1, 1], CHW, in the size of this place among {@link ColourTraining#SIDES}. */
    float[] pixels(int size, int index) {
        byte[] bytes = images.get(size).get(index);
        float[] values = new float[bytes.length];
        SampleConversion.toSigned(bytes, 0, bytes.length, values, 0);
        return values;
    }
}
