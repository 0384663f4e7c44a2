package dev.purser.support;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.Ledger.Line;

/**
 * Proves that what clients were told is what the tables say, and that both keep the laws: exactly once, nothing that
 * nobody asked for, keys, and an order that real time agrees with. It knows the clients' log and the tables, nothing of
 * the service.
 */
public final class LogChecker {

    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<Call>> asked;
    private final Map<String, List<Line>> written = new HashMap<>();
    private final Map<Operation, Line> last = new HashMap<>();
    private final Ledger ledger;

    private LogChecker(List<Call> calls, Ledger ledger) {
        this.asked = calls.stream().collect(groupingBy(call -> call.intent().tag()));
        this.ledger = ledger;
        ledger.lines().forEach(line -> last.merge(Operation.of(line), line,
                (one, other) -> one.seq() > other.seq() ? one : other));
    }

    /** Checks the tables by themselves, and then against the log. */
    public static void check(ClientLog log, TestDatabase database) {
        check(log, database, Ledger.read(database));
    }

    /** Checks all tables by themselves, and what they say of these wallets against a log of these alone. */
    public static void check(ClientLog log, TestDatabase database, Collection<String> wallets) {
        check(log, database, Ledger.read(database).of(Set.copyOf(wallets)));
    }

    private static void check(ClientLog log, TestDatabase database, Ledger ledger) {
        LawChecker.check(database);
        assertThat(violations(log, ledger)).isEmpty();
        assertThat(log.acknowledged()).as("acknowledged calls, without which nothing is proved").isNotEmpty();
    }

    /** The calls whose client never heard that what it wanted was carried out, though it was. */
    public static List<Call> carriedOutUnheard(ClientLog log, TestDatabase database) {
        Set<String> heard = log.acknowledged().stream().map(call -> call.intent().tag()).collect(toSet());
        Set<String> written = Ledger.read(database).lines().stream().map(Line::tag).filter(Objects::nonNull)
                .collect(toSet());
        return log.calls().stream().filter(call -> written.contains(call.intent().tag())
                && !heard.contains(call.intent().tag())).toList();
    }

    /** What breaks a law, in words; nothing if all is well. */
    static List<String> violations(ClientLog log, Ledger ledger) {
        LogChecker checker = new LogChecker(log.calls(), ledger);
        ledger.lines().forEach(checker::wasAskedFor);
        checker.asked.forEach(checker::happenedAsHeard);
        checker.keysStandForWhatWasDone();
        checker.keysAreAnsweredAlike(log.calls());
        checker.violations.addAll(new RealTime(checker.asked, ledger.lines()).violations(log.looks()));
        return checker.violations;
    }

    private void wasAskedFor(Line line) {
        if (line.followsMoney()) {
            return;
        }
        List<Call> calls = line.tag() == null ? List.of() : asked.getOrDefault(line.tag(), List.of());
        if (calls.isEmpty()) {
            violations.add("Nobody asked for " + line);
            return;
        }
        Intent intent = calls.getFirst().intent();
        if (line.isArrival()) {
            if (!line.wallet().equals(intent.recipient()) || line.amount() != -intent.amount()) {
                violations.add("Expected what was sent, " + intent + ", but found " + line);
            }
            return;
        }
        written.computeIfAbsent(intent.tag(), tag -> new ArrayList<>()).add(line);
        if (!line.wallet().equals(intent.wallet()) || !line.kind().equals(intent.kind().entry())
                || line.amount() != intent.amount() || line.held() != intent.held()) {
            violations.add("Expected what was asked for, " + intent + ", but found " + line);
        }
    }

    private void happenedAsHeard(String tag, List<Call> calls) {
        List<Line> lines = written.getOrDefault(tag, List.of());
        if (lines.size() > 1) {
            violations.add("Expected at most one entry, but found " + lines);
        }
        if (!lines.isEmpty() && calls.stream().noneMatch(Call::mayHaveRun)) {
            violations.add("Expected nothing of what was refused, " + calls + ", but found " + lines);
        }
        for (Call call : calls) {
            if (call.heard() instanceof Heard.Acknowledged acknowledged) {
                isInTheLedger(call, acknowledged, lines);
            }
        }
    }

    private void isInTheLedger(Call call, Heard.Acknowledged heard, List<Line> lines) {
        if (lines.isEmpty()) {
            violations.add("Acknowledged, but not in the ledger: " + call);
        }
        for (Line line : lines) {
            Line end = Objects.requireNonNull(last.get(Operation.of(line)));
            if (line.seq() != heard.seq() || end.seq() != heard.version() || end.balanceAfter() != heard.balance()) {
                violations.add("Expected what was acknowledged, " + call + ", but found " + line + " and " + end);
            }
        }
    }

    private void keysStandForWhatWasDone() {
        Map<Intended, Set<String>> done = new HashMap<>();
        written.forEach((tag, lines) -> Intended.of(Objects.requireNonNull(asked.get(tag)).getFirst().intent())
                .ifPresent(key -> lines.forEach(
                        line -> done.computeIfAbsent(key, first -> new HashSet<>()).add(line.operationId()))));
        Map<Intended, Set<String>> stored = ledger.keys().stream().collect(groupingBy(
                key -> new Intended(key.wallet(), key.key()), mapping(Ledger.Key::operationId, toSet())));
        Stream.concat(done.keySet().stream(), stored.keySet().stream()).distinct().forEach(key -> {
            Set<String> operations = done.getOrDefault(key, Set.of());
            if (operations.size() > 1) {
                violations.add("Expected a key to be carried out once, but " + key + " was by " + operations);
            }
            if (!operations.equals(stored.get(key))) {
                violations.add("Expected " + key + " to be stored with what it did, " + operations + ", but found "
                        + stored.get(key));
            }
        });
    }

    private void keysAreAnsweredAlike(List<Call> calls) {
        Map<Intended, Set<String>> replies = new HashMap<>();
        for (Call call : calls) {
            if (call.heard() instanceof Heard.Acknowledged acknowledged) {
                Intended.of(call.intent()).ifPresent(
                        key -> replies.computeIfAbsent(key, first -> new HashSet<>()).add(reply(acknowledged)));
            }
        }
        replies.forEach((key, different) -> {
            if (different.size() > 1) {
                violations.add("Expected " + key + " to be answered alike each time, but found " + different);
            }
        });
    }

    /** What became of a transfer is told as it is by now; all else of a repeated reply is as it was. */
    private static String reply(Heard.Acknowledged acknowledged) {
        return acknowledged.reply().replace("\"state\":\"in_post\"", "\"state\":\"credited\"");
    }

    /** An operation, whose last entry may be that it has repaid what was owed. */
    private record Operation(String wallet, String id) {

        static Operation of(Line line) {
            return new Operation(line.wallet(), line.operationId());
        }
    }

    /** A key, within its wallet. */
    private record Intended(String wallet, String key) {

        static Optional<Intended> of(Intent intent) {
            return Optional.ofNullable(intent.key()).map(key -> new Intended(intent.wallet(), key));
        }
    }
}
