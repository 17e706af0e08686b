package org.saddlepoint.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.run.DataPlace;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/**
 * The data that a run learned from, described in its manifest and opened again. It is looked for where it was, and then
 * where it was as seen from the folder of the run, in case both were moved.
 *
 * @param folder of the run
 * @param learnt what its manifest says of the data
 */
public record RunData(RunFolder folder, RunManifest.Data learnt) {
    /** How many places a message names. */
    private static final int NAMED = 4;

    /**
     * Data that was opened again.
     *
     * @param data the caller closes it
     * @param request where it was found
     * @param difference how it differs from what the run learned from; empty if it is the same
     */
    public record Found(Dataset data, DataRequest request, Optional<String> difference) {}

    /**
     * Describes the data of a run.
     *
     * @param request how it is opened again; if empty, no command can
     */
    public static RunManifest.Data describe(RunFolder folder, Dataset data, Optional<DataRequest> request) {
        Optional<DataSpec> spec =
                request.map(DataRequest::spec).map(DataSpec::of).map(DataSpec::absolute);
        return new RunManifest.Data(
                spec.map(DataSpec::text).orElse(data.name()),
                data.name(),
                data.fingerprint(),
                Arrays.stream(data.shape().dimensions()).boxed().toList(),
                data.classNames(),
                data.vectorNames(),
                new DataPlace(
                        spec.map(each -> each.from(folder.path())).orElse(List.of()),
                        request.filter(each -> each.links() == Links.ALL).isPresent()),
                Optional.of(DataDifference.summary(data)),
                List.of());
    }

    /**
     * The same data in another place.
     *
     * @param renamed whether it is called by its new place in titles, too
     */
    public RunManifest.Data moved(Dataset data, DataRequest place, boolean renamed) {
        RunManifest.Data now = describe(folder, data, Optional.of(place));
        return new RunManifest.Data(
                now.spec(),
                renamed ? now.name() : learnt.name(),
                now.fingerprint(),
                now.exampleShape(),
                learnt.classSizes().isEmpty() ? now.classNames() : learnt.classNames(), // those of clusters stay
                now.vectorNames(),
                now.place(),
                now.summary(),
                learnt.classSizes());
    }

    /**
     * Writes the list of the files beside the manifest, unless it is there, or there are no files or too many.
     *
     * @throws RunException if it cannot be written
     */
    public void writeFiles(Dataset data) {
        if (!Files.exists(folder.dataFilesFile())) {
            LearntFiles.write(folder, data.files());
        }
    }

    /** How data differs from what the run learned from; empty if it is the same. */
    public Optional<String> difference(Dataset data) {
        return data.fingerprint().equals(learnt.fingerprint())
                ? Optional.empty()
                : Optional.of(DataDifference.between(learnt, LearntFiles.read(folder), data));
    }

    /** Opens the data in another place. */
    public Found open(DataRequest elsewhere, DataOptions options) {
        DataRequest request = new DataRequest(elsewhere.spec(), links(elsewhere.links()));
        Dataset data = request.open(options);
        return new Found(data, request, difference(data));
    }

    /** All links are followed if that is asked for now, or was when the run began. */
    private Links links(Links asked) {
        return learnt.place().followLinks() ? Links.ALL : asked;
    }

    /**
     * Opens the data where it is found: the same data if it is found in any place, else what is in the first of them.
     *
     * @param links that are followed where the run does not say so already
     * @param option by which the user tells where it is now, for the message
     * @throws NoSuchDataException if it is not there; says where it was looked for
     * @throws DataException if it cannot be used
     */
    public Found open(Links links, DataOptions options, String option) {
        Optional<Found> other = Optional.empty();
        Map<DataSpec, DataException> unusable = new LinkedHashMap<>();
        List<DataSpec> places = places();
        for (DataSpec place : places) {
            if (place.isAbsent()) {
                continue;
            }
            try {
                Found found = open(new DataRequest(place.text(), links), options);
                if (found.difference().isEmpty()) {
                    other.ifPresent(each -> each.data().close());
                    return found;
                }
                if (other.isEmpty()) {
                    other = Optional.of(found);
                } else {
                    found.data().close();
                }
            } catch (DataException e) {
                unusable.put(place, e);
            }
        }
        if (other.isPresent()) {
            return other.get();
        }
        if (unusable.containsKey(places.get(0))) {
            throw unusable.get(places.get(0));
        }
        throw absent(places, unusable.values().stream().findFirst(), option);
    }

    /** The other places are guesses: what lies there may have nothing to do with the run. */
    private NoSuchDataException absent(List<DataSpec> places, Optional<DataException> unusable, String option) {
        String looked = places.stream().limit(NAMED).map(DataSpec::text).collect(Collectors.joining(" and "));
        return new NoSuchDataException("the data of the run " + folder.path() + " is not there: looked for " + looked
                + (places.size() > NAMED ? " and in the folders around" : "")
                + unusable.map(each -> ", but " + each.getMessage()).orElse("") + "; tell where it is now with "
                + option);
    }

    /** Where it may be: the recorded place, then places as seen from the run. */
    private List<DataSpec> places() {
        Map<String, DataSpec> places = new LinkedHashMap<>();
        DataSpec recorded = DataSpec.of(learnt.spec());
        add(places, recorded.absolute());
        List<String> fromRun = learnt.place().fromRun();
        for (Path base : bases()) {
            if (fromRun.isEmpty()) {
                add(
                        places,
                        DataSpec.of(learnt.spec(), path -> inside(base, path)).absolute());
            } else {
                DataSpec.of(learnt.spec(), base, fromRun).ifPresent(place -> add(places, place));
            }
        }
        return List.copyOf(places.values());
    }

    private static String inside(Path base, String path) {
        try {
            return base.resolve(path).toString();
        } catch (InvalidPathException e) {
            return path;
        }
    }

    private static void add(Map<String, DataSpec> places, DataSpec place) {
        places.putIfAbsent(place.text(), place);
    }

    /** The folder of the run; for relative paths of earlier releases, which began somewhere above, those around it too. */
    private List<Path> bases() {
        List<Path> bases = new ArrayList<>();
        Path plain = folder.path().toAbsolutePath().normalize();
        bases.add(plain);
        try {
            bases.add(folder.path().toRealPath());
        } catch (IOException e) {
            // it was opened a moment ago; the other path may still do
        }
        if (learnt.place().fromRun().isEmpty()) {
            for (Path around = plain.getParent(); around != null; around = around.getParent()) {
                bases.add(around);
            }
        }
        return bases;
    }
}
