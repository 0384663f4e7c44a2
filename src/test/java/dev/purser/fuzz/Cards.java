package dev.purser.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Gathers an operation's cards. */
final class Cards {

    static final Expected PROMISED = new Expected.Promised();
    static final Expected ELSEWHERE = new Expected.Elsewhere();
    static final Expected MALFORMED = new Expected.Malformed();
    static final Expected BAD_REQUEST = Expected.Only.of(400);

    private final Operation operation;
    private final List<Card> cards = new ArrayList<>();

    Cards(Operation operation) {
        this.operation = operation;
    }

    Operation operation() {
        return operation;
    }

    void add(String name, Expected expected, Consumer<Draft> change) {
        add(name, expected, (draft, _) -> change.accept(draft));
    }

    void add(String name, Expected expected, BiConsumer<Draft, Scene> change) {
        cards.add(new Card(operation, operation.id() + ", " + name, expected, change));
    }

    List<Card> all() {
        return cards;
    }
}
