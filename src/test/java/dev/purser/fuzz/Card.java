package dev.purser.fuzz;

import java.util.List;
import java.util.function.BiConsumer;

/** One thing that can be wrong with a request of one operation. */
record Card(Operation operation, String name, Expected expected, BiConsumer<Draft, Scene> change) {

    /** All there are for an operation. */
    static List<Card> of(Operation operation) {
        Cards cards = new Cards(operation);
        BodyCards.deal(cards);
        ParameterCards.deal(cards);
        HeadCards.deal(cards);
        TokenCards.deal(cards);
        WireCards.deal(cards);
        return cards.all();
    }
}
