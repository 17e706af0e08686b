package org.saddlepoint.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.clustering.Planted;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Files of clusters, mutated, half of them with the right digest: they are read, or refused in one line. */
class SavedClustersFuzzTest {
    private static final RunFolder RUN = RunFolder.create(Scratch.folder());
    private static final Planted DATA = Planted.of(9);
    private static final Pattern LABELS = Pattern.compile("\"labels\" : \"([A-Za-z0-9+/=]*)\"");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final Fuzzing FILE =
            new Fuzzing(Format.of(List.of(file()), SavedClustersFuzzTest::read, RunException.class)
                    .words("{", "}", "[", "null", "\"labels\" : ", "\"sizes\" : ", ",", "1e999", "AAAA", "=", "\\u0000")
                    .repaired(SavedClustersFuzzTest::repaired));

    @Property
    void files(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        FILE.check(mutation);
    }

    private static void read(byte[] file) throws IOException {
        Files.write(RUN.clustersFile(), file);
        Clusters clusters = SavedClusters.read(RUN, DATA);
        if (clusters.pictures() != DATA.size() || clusters.sizes().contains(0)) {
            throw new AssertionError("clusters of other data: " + clusters.sizes());
        }
    }

    private static byte[] file() {
        SavedClusters.write(RUN, DATA.fingerprint(), new Clusters(new byte[] {0, 1, 2, 0, 1, 2, 0, 1, 0}));
        try {
            return Files.readAllBytes(RUN.clustersFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] repaired(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        Matcher labels = LABELS.matcher(text);
        if (!labels.find()) {
            return file;
        }
        try {
            String digest =
                    SavedClusters.digest(DATA.fingerprint(), Base64.getDecoder().decode(labels.group(1)));
            return DIGEST.matcher(text).replaceAll(digest).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return file;
        }
    }
}
