package dev.purser.support;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Look;
import dev.purser.support.Ledger.Line;

/**
 * The order that clients saw, against the numbers in the ledger: what was acknowledged before something else was sent has
 * the lower number, and whoever looked afterwards saw it. All times are of one clock.
 */
final class RealTime {

    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<Moment>> wallets = new HashMap<>();

    /** {@code asked} has the calls by their tag; of lines that no client asked for only the balance is known. */
    RealTime(Map<String, List<Call>> asked, List<Line> lines) {
        for (Line line : lines) {
            List<Call> calls = line.tag() == null ? List.of() : asked.getOrDefault(line.tag(), List.of());
            wallets.computeIfAbsent(line.wallet(), id -> new ArrayList<>()).add(Moment.of(line, calls));
        }
        wallets.values().forEach(moments -> moments.sort(Comparator.comparingLong(moment -> moment.line().seq())));
    }

    List<String> violations(List<Look> looks) {
        wallets.values().forEach(this::numbersFollowTime);
        Map<String, View> views = new HashMap<>();
        for (Look look : looks) {
            List<Moment> moments = wallets.getOrDefault(look.wallet(), List.of());
            check(look, views.computeIfAbsent(look.wallet(), id -> View.of(moments)));
        }
        return violations;
    }

    private void numbersFollowTime(List<Moment> moments) {
        Moment earliestHeard = null;
        for (Moment moment : moments.reversed()) {
            if (earliestHeard != null && earliestHeard.heardAt() < moment.sentAt()) {
                violations.add("Acknowledged before another was sent, but numbered after it: " + earliestHeard.line()
                        + ", " + moment.line());
            }
            if (earliestHeard == null || moment.heardAt() < earliestHeard.heardAt()) {
                earliestHeard = moment;
            }
        }
    }

    private void check(Look look, View view) {
        if (look.version() < at(view.heardUntil().lowerEntry(look.sentAt()), 0)) {
            violations.add("Looked after a later entry had been acknowledged: " + look);
        }
        if (look.version() >= at(view.sentFrom().higherEntry(look.heardAt()), Long.MAX_VALUE)) {
            violations.add("Saw an entry that had not been asked for yet: " + look);
        }
        Long balance = look.version() == 0 ? Long.valueOf(0) : view.balances().get(look.version());
        if (balance == null || balance != look.balance()) {
            violations.add("Expected the balance of that version, " + balance + ", but saw " + look);
        }
    }

    private static long at(Map.@Nullable Entry<Long, Long> entry, long otherwise) {
        return entry == null ? otherwise : entry.getValue();
    }

    /** When an entry was first asked for, and first acknowledged; the end of time if it never was. */
    private record Moment(Line line, long sentAt, long heardAt) {

        static Moment of(Line line, List<Call> calls) {
            return new Moment(line,
                    calls.stream().filter(Call::mayHaveRun).mapToLong(Call::sentAt).min().orElse(Long.MIN_VALUE),
                    calls.stream().filter(call -> isTold(line, call)).mapToLong(Call::heardAt).min()
                            .orElse(Long.MAX_VALUE));
        }

        /** Who sends tokens is told that they left, and only perhaps that they have arrived. */
        private static boolean isTold(Line line, Call call) {
            return call.heard() instanceof ClientLog.Heard.Acknowledged acknowledged
                    && (!line.isArrival() || acknowledged.reply().contains("\"state\":\"credited\""));
        }
    }

    /**
     * What one who looks at a wallet may see at a time.
     *
     * @param heardUntil the highest number that had been acknowledged by then
     * @param sentFrom the lowest number of what was asked for from then on
     */
    private record View(NavigableMap<Long, Long> heardUntil, NavigableMap<Long, Long> sentFrom,
            Map<Long, Long> balances) {

        static View of(List<Moment> moments) {
            NavigableMap<Long, Long> heardUntil = new TreeMap<>();
            NavigableMap<Long, Long> sentFrom = new TreeMap<>();
            Map<Long, Long> balances = new HashMap<>();
            moments.stream().sorted(Comparator.comparingLong(Moment::heardAt)).forEach(moment -> heardUntil
                    .put(moment.heardAt(), Math.max(moment.line().seq(), at(heardUntil.lastEntry(), 0))));
            moments.stream().sorted(Comparator.comparingLong(Moment::sentAt).reversed()).forEach(moment -> sentFrom
                    .put(moment.sentAt(), Math.min(moment.line().seq(), at(sentFrom.firstEntry(), Long.MAX_VALUE))));
            moments.forEach(moment -> balances.put(moment.line().seq(), moment.line().balanceAfter()));
            return new View(heardUntil, sentFrom, balances);
        }
    }
}
