package org.saddlepoint.data;

import java.util.ArrayList;
import java.util.List;

/**
 * An order in which the classes take turns, however many examples they have: of any K successive positions from a multiple
 * of K on, each of K classes has one, in an order of their own; and each class goes through its examples in one permutation
 * after the other. Position {@code (epoch, index)} of a dataset of n is turn {@code epoch · n + index}.
 */
final class BalancedOrder implements ExampleOrder {
    /** Streams of random numbers: that of the turns, followed by one for each class. */
    private static final long TURNS = 1;

    private final int size;
    private final int[][] members;
    private final EpochOrder turns;
    private final List<EpochOrder> orders = new ArrayList<>();

    /** @throws DataException if an example has no label, or a class no example */
    BalancedOrder(Dataset data, long seed) {
        size = data.size();
        members = members(data);
        turns = new EpochOrder(members.length, SplitMix.of(seed, TURNS).nextLong());
        for (int label = 0; label < members.length; label++) {
            orders.add(new EpochOrder(
                    members[label].length, SplitMix.of(seed, TURNS + 1 + label).nextLong()));
        }
    }

    private static int[][] members(Dataset data) {
        List<List<Integer>> lists = new ArrayList<>();
        data.classNames().forEach(name -> lists.add(new ArrayList<>()));
        for (int i = 0; i < data.size(); i++) {
            int label = data.label(i).orElse(-1);
            if (label < 0 || label >= lists.size()) {
                throw new DataException("example " + i + " of " + data.name()
                        + " has no label, so its class cannot take turns; label it, or load without balance");
            }
            lists.get(label).add(i);
        }
        for (int label = 0; label < lists.size(); label++) {
            if (lists.get(label).isEmpty()) {
                throw new DataException("the class " + data.classNames().get(label) + " of " + data.name()
                        + " has no example and cannot take turns; add some or load without balance");
            }
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
    }

    @Override
    public int[] indices(LoaderPosition start, int count) {
        int[] indices = new int[count];
        long turn = start.epoch() * size + start.index();
        for (int i = 0; i < count; i++, turn++) {
            long round = turn / members.length;
            int label = turns.at(round, (int) (turn % members.length));
            int[] own = members[label];
            indices[i] = own[orders.get(label).at(round / own.length, (int) (round % own.length))];
        }
        return indices;
    }

    /** Two epochs of the largest class, in which each class has a turn a round. */
    @Override
    public long covering() {
        int largest = 0;
        for (int[] own : members) {
            largest = Math.max(largest, own.length);
        }
        return (2L * largest + 1) * members.length;
    }
}
