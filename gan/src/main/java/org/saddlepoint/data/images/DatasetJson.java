package org.saddlepoint.data.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.names.ComposedNames;
import org.saddlepoint.input.IoReasons;

/**
 * The labels that StyleGAN's dataset tool writes beside the images, in {@code dataset.json}.
 *
 * <pre>{"labels": [["00000/img00000000.png", 3], ["00000/img00000001.png", 0]]}</pre>
 *
 * <p>A whole number is the number of a class. A list of numbers is a vector that describes the image; all images have one
 * of the same length. {@code null} in place of the list says that there are no labels. {@code class_names}, which
 * {@code data prepare} adds, are the names of the classes by their numbers. Other keys are passed over. Paths
 * are relative to the folder of {@code dataset.json}: the folder or zip itself, or the folder around all of its images.
 */
final class DatasetJson {
    private static final String NAME = "dataset.json";
    private static final String KEY = "labels";
    private static final String NAMES = "class_names";

    /** How many images a message names. */
    private static final int NAMED = 5;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(ImageFiles.LARGEST_FILE) // a zip can lie, and unpack to more
                    .build())
            .build();

    private final String title;
    private final String folder;
    private final List<String> images;

    /** Every file that may have a label: images, and files that turned out to be none. */
    private final Set<String> known;

    private final Map<String, Label> labels = new HashMap<>();

    /** Names of the classes by their numbers; empty where the file gives none. */
    private final List<String> classNames = new ArrayList<>();

    /** What Jackson says of where a bracket began. */
    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at .*\\)|\\[Source: [^;]*; ?");

    private final List<String> missing = new ArrayList<>();
    private int missed;
    private Kind kind = Kind.ABSENT;
    private Optional<Label> first = Optional.empty();

    private enum Kind {
        /** There is no such key. */
        ABSENT,
        /** It says null. */
        NONE,
        CLASSES,
        VECTORS
    }

    /** A class's number, or the numbers that describe an image. */
    @SuppressWarnings("ArrayRecordComponent") // of this class alone, and never compared
    private record Label(int number, float[] vector) {
        /** What it is, for messages and to compare kinds. */
        String kind() {
            return number >= 0 ? "a number" : "a list of " + vector.length + " numbers";
        }

        boolean isLike(Label other) {
            return (number >= 0) == (other.number >= 0) && vector.length == other.vector.length;
        }
    }

    private DatasetJson(String title, String folder, ImageCatalogue images) {
        this.title = title;
        this.folder = folder;
        this.images = images.names();
        this.known = this.images.stream().map(DatasetJson::plain).collect(Collectors.toCollection(HashSet::new));
        images.skipped().stream().map(Skipped::name).map(DatasetJson::plain).forEach(known::add);
    }

    /**
     * The labels of these images, if there is such a file.
     *
     * @throws DataException when it is no JSON, longer than a file of an image may be, its labels are of several kinds, or
     *     an image has no label, two, or is not there; names it
     */
    static Optional<DatasetJson> of(ImageFiles files, ImageCatalogue images) {
        for (String folder : places(images.names())) {
            String title = folder + NAME + " in " + files.title();
            try {
                Optional<ImageFiles.Entry> entry = files.find(folder + NAME);
                if (entry.isPresent()) {
                    DatasetJson read = new DatasetJson(title, folder, images);
                    read.read(files, entry.get());
                    return Optional.of(read);
                }
            } catch (IOException e) {
                throw new DataException(
                        title + " cannot be read (" + IoReasons.ofNamed(e) + "); correct or remove the file", e);
            }
        }
        return Optional.empty();
    }

    /** The folder or zip itself, and the folders around all of its images, from the outside. */
    private static List<String> places(List<String> names) {
        String around = plain(names.get(0)).substring(0, SharedFolders.length(names));
        List<String> places = new ArrayList<>(List.of(""));
        for (int slash = around.indexOf('/'); slash >= 0; slash = around.indexOf('/', slash + 1)) {
            places.add(around.substring(0, slash + 1));
        }
        return places;
    }

    private static String plain(String name) {
        return ComposedNames.of(name.replace('\\', '/'));
    }

    private void read(ImageFiles files, ImageFiles.Entry entry) throws IOException {
        if (entry.bytes() > ImageFiles.LARGEST_FILE) {
            throw refusal("has " + entry.bytes() + " bytes, more than the limit of " + ImageFiles.LARGEST_FILE);
        }
        try (InputStream in = files.open(entry);
                JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refusal("is no JSON object; expected {\"labels\": [[\"image.png\", 0], …]}");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                if (key.equals(KEY)) {
                    readLabels(json);
                } else if (key.equals(NAMES)) {
                    readClassNames(json);
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw refusal("goes on behind its end");
            }
        } catch (JsonProcessingException e) {
            throw new DataException(
                    title + " is no JSON ("
                            + SOURCE.matcher(e.getOriginalMessage()).replaceAll("") + "); correct or remove"
                            + " the file",
                    e);
        }
        if (kind == Kind.CLASSES || kind == Kind.VECTORS) {
            requireEach();
        }
    }

    private void readLabels(JsonParser json) throws IOException {
        if (kind != Kind.ABSENT) {
            throw refusal("has the key labels twice");
        }
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            kind = Kind.NONE;
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw refusal("has labels that are no list; expected [[\"image.png\", 0], …] or null");
        }
        kind = Kind.CLASSES; // of an empty list, too, which lacks every image
        for (int entry = 1; json.nextToken() != JsonToken.END_ARRAY; entry++) {
            boolean begins = json.currentToken() == JsonToken.START_ARRAY && json.nextToken() == JsonToken.VALUE_STRING;
            String name = begins ? plain(json.getText()) : "";
            Optional<Label> label = begins ? label(json) : Optional.empty();
            if (label.isEmpty() || json.nextToken() != JsonToken.END_ARRAY) {
                throw refusal("has as entry " + entry + " of its labels " + (name.isEmpty() ? "" : "for " + name + " ")
                        + "something else than [\"image.png\", label]; expected a label that is a whole number of at"
                        + " least 0, or a list of finite numbers");
            }
            add(name, label.get());
        }
    }

    private void readClassNames(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY || !classNames.isEmpty()) {
            throw refusal("has class_names that are not one list; expected [\"cat\", …] or null");
        }
        Set<String> seen = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING
                    || json.getText().isBlank()
                    || !seen.add(json.getText())) {
                throw refusal("has class_names that are no list of different names");
            }
            classNames.add(json.getText());
        }
    }

    private String className(int number) {
        if (!classNames.isEmpty() && number >= classNames.size()) {
            throw refusal("names " + classNames.size() + " classes but has a label " + number
                    + "; name each class, from 0 on");
        }
        return classNames.isEmpty() ? String.valueOf(number) : classNames.get(number);
    }

    private static Optional<Label> label(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            Optional<Float> number = number(json);
            boolean whole = number.isPresent()
                    && json.getDoubleValue() >= 0
                    && json.getDoubleValue() <= Integer.MAX_VALUE
                    && json.getDoubleValue() % 1 == 0;
            return whole ? Optional.of(new Label((int) json.getDoubleValue(), new float[0])) : Optional.empty();
        }
        List<Float> vector = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Optional<Float> number = number(json);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            vector.add(number.get());
        }
        float[] values = new float[vector.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = vector.get(i));
        return values.length == 0 ? Optional.empty() : Optional.of(new Label(-1, values));
    }

    private static Optional<Float> number(JsonParser json) throws IOException {
        boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
        return number && Float.isFinite((float) json.getDoubleValue())
                ? Optional.of((float) json.getDoubleValue())
                : Optional.empty();
    }

    private void add(String name, Label label) {
        String path = folder + name;
        if (!known.contains(path)) { // only counted, so that a list of anything takes no memory
            missed++;
            if (missing.size() < NAMED) {
                missing.add(name);
            }
            return;
        }
        if (first.isEmpty()) {
            first = Optional.of(label);
        }
        if (!first.get().isLike(label)) {
            throw refusal("has labels of two kinds: " + name + " has " + label.kind() + " and the images before it "
                    + first.get().kind() + "; expected one kind");
        }
        if (labels.put(path, label) != null) {
            throw refusal("labels " + name + " twice; label each image once");
        }
        kind = label.number() >= 0 ? Kind.CLASSES : Kind.VECTORS;
    }

    private void requireEach() {
        List<String> without =
                images.stream().filter(name -> !labels.containsKey(plain(name))).toList();
        if (missed > 0) {
            throw refusal(
                    "labels " + (missed == 1 ? "an image that is" : missed + " images that are") + " not there: "
                            + String.join(", ", missing) + (missed > NAMED ? " and " + (missed - NAMED) + " more" : "")
                            + "; paths are relative to its folder",
                    "add the images, or remove their labels");
        }
        if (!without.isEmpty()) {
            throw refusal(
                    "has no label for " + without.size() + " of " + images.size() + " images: "
                            + ClassNames.listed(without, NAMED),
                    "label each image, or none by {\"labels\": null}");
        }
    }

    /** What it says of the images, in their order. */
    Annotations annotations() {
        return switch (kind) {
            case ABSENT -> Annotations.ofFolders(images).noted(title + " holds no labels, and is not used");
            case NONE -> Annotations.none(title + " says that the images have no labels");
            case CLASSES ->
                Annotations.ofClasses(images.stream()
                                .map(name -> className(label(name).number()))
                                .toList())
                        .listed("classes are the labels in " + title);
            case VECTORS -> vectors();
        };
    }

    private Annotations vectors() {
        int length = label(images.get(0)).vector().length;
        float[] vectors = new float[Math.multiplyExact(images.size(), length)];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(label(images.get(i)).vector(), 0, vectors, i * length, length);
        }
        List<String> names =
                IntStream.range(0, length).mapToObj(String::valueOf).toList();
        return Annotations.ofVectors(names, vectors)
                .listed("the " + length + " numbers of each image are the labels in " + title);
    }

    private Label label(String name) {
        return Objects.requireNonNull(labels.get(plain(name)));
    }

    private DataException refusal(String what) {
        return refusal(what, "correct or remove the file");
    }

    private DataException refusal(String what, String remedy) {
        return new DataException(title + " " + what + "; " + remedy);
    }
}
