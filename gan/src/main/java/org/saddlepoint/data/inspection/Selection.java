package org.saddlepoint.data.inspection;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The examples of a data set that are worth training on.
 *
 * @param kept their indices, in order
 * @param dropped how many were dropped for each reason
 * @param coloured whether any that is kept shows colour
 */
public record Selection(List<Integer> kept, Map<Reason, Integer> dropped, boolean coloured) {

    /** Why an example is dropped. The first that applies counts. */
    public enum Reason {
        /** It cannot be read. */
        DAMAGED,
        /** A picture is smaller than the size that is asked for. */
        SMALL,
        /** Its samples equal those of one that is kept. */
        EXACT_COPY,
        /** It shows the same as one that is kept. */
        NEAR_COPY
    }

    /** Copies the collections. */
    public Selection {
        kept = List.copyOf(kept);
        dropped = Map.copyOf(dropped);
    }

    /**
     * Chooses.
     *
     * @param small whether pictures that are smaller than the survey's size are kept
     * @param nearCopies whether copies that are not exact are kept
     */
    public static Selection of(Survey survey, boolean small, boolean nearCopies) {
        Map<Integer, Boolean> copies = survey.copies().stream()
                .collect(Collectors.toMap(DuplicateSearch.Copy::index, DuplicateSearch.Copy::exact));
        int size = survey.size();
        Map<Reason, Integer> dropped = new EnumMap<>(Reason.class);
        List<Integer> kept = IntStream.range(0, survey.pictures().size())
                .filter(index -> {
                    Optional<Reason> reason = reason(survey, index, small ? 0 : size, copies)
                            .filter(each -> !nearCopies || each != Reason.NEAR_COPY);
                    reason.ifPresent(each -> dropped.merge(each, 1, Integer::sum));
                    return reason.isEmpty();
                })
                .boxed()
                .toList();
        boolean coloured =
                kept.stream().flatMap(index -> survey.traits(index).stream()).anyMatch(traits -> !traits.grey());
        return new Selection(kept, dropped, coloured);
    }

    private static Optional<Reason> reason(Survey survey, int index, int least, Map<Integer, Boolean> copies) {
        Stream<Traits> pictures = survey.traits(index).stream();
        if (!survey.isIntact(index)) {
            return Optional.of(Reason.DAMAGED);
        }
        if (pictures.anyMatch(traits -> traits.file().shortSide() < least)) {
            return Optional.of(Reason.SMALL);
        }
        return Optional.ofNullable(copies.get(index)).map(exact -> exact ? Reason.EXACT_COPY : Reason.NEAR_COPY);
    }
}
