package dev.purser.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Memory that clients of one server share, and may hold on to. When there is too little of it, those who have held on for
 * longest lose theirs: whoever is quick is never turned away for somebody who is slow.
 */
final class SharedRoom<T> {

    private final Map<T, Integer> holders = new LinkedHashMap<>();
    private final int mostBytes;
    private final Consumer<T> turnedOut;
    private int taken;

    /** {@code turnedOut} is told who has lost its room. */
    SharedRoom(int mostBytes, Consumer<T> turnedOut) {
        this.mostBytes = mostBytes;
        this.turnedOut = turnedOut;
    }

    /** Takes some more for a holder. It may be the one that loses it again. */
    void take(T holder, int bytes) {
        holders.merge(holder, bytes, Integer::sum);
        taken += bytes;
        List<T> losers = new ArrayList<>(0);
        Iterator<Map.Entry<T, Integer>> oldest = holders.entrySet().iterator();
        while (taken > mostBytes && oldest.hasNext()) {
            Map.Entry<T, Integer> loser = oldest.next();
            taken -= loser.getValue();
            losers.add(loser.getKey());
            oldest.remove();
        }
        losers.forEach(turnedOut);
    }

    /** Gives back all that a holder has; it may have lost it already. */
    void leave(T holder) {
        Integer held = holders.remove(holder);
        if (held != null) {
            taken -= held;
        }
    }
}
