package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;

/** The log of events, as one reads it who has missed some. */
@Timeout(60)
class StripeStandInEventsTest {

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldListTheNewestFirstInPages() throws StripeException {
        List<String> paid = pay(5);

        StripeCollection<Event> first = list(EventListParams.builder().setLimit(2L));
        StripeCollection<Event> second = list(EventListParams.builder().setLimit(2L).setStartingAfter(last(first)));
        StripeCollection<Event> third = list(EventListParams.builder().setLimit(2L).setStartingAfter(last(second)));
        StripeCollection<Event> beyond = list(EventListParams.builder().setLimit(2L).setStartingAfter(last(third)));

        assertThat(first.getHasMore()).isTrue();
        assertThat(second.getHasMore()).isTrue();
        assertThat(third.getHasMore()).isFalse();
        assertThat(beyond.getData()).isEmpty();
        assertThat(beyond.getHasMore()).isFalse();
        List<String> seen = new ArrayList<>();
        List.of(first, second, third).forEach(page -> seen.addAll(intents(page)));
        assertThat(seen.reversed()).isEqualTo(paid);
    }

    @Test
    void shouldListWhatCameAfterOne() throws StripeException {
        List<String> paid = pay(4);
        Event oldest = list(EventListParams.builder()).getData().getLast();

        StripeCollection<Event> next = list(EventListParams.builder().setLimit(2L).setEndingBefore(oldest.getId()));
        StripeCollection<Event> rest = list(EventListParams.builder().setLimit(2L)
                .setEndingBefore(next.getData().getFirst().getId()));

        assertThat(intents(next)).as("newest first").containsExactly(paid.get(2), paid.get(1));
        assertThat(next.getHasMore()).isTrue();
        assertThat(intents(rest)).containsExactly(paid.get(3));
        assertThat(rest.getHasMore()).isFalse();
    }

    @Test
    void shouldListWhatIsAskedFor() throws StripeException {
        assertThat(rig.pay("pm_card_visa").getStatus()).isEqualTo("succeeded");
        assertThat(rig.pay("pm_card_authenticationRequired").getStatus()).isEqualTo("requires_action");
        Event newest = list(EventListParams.builder()).getData().getFirst();

        assertThat(list(EventListParams.builder().addType("payment_intent.succeeded").addType("refund.created"))
                .getData()).extracting(Event::getType).containsExactly("payment_intent.succeeded");
        assertThat(list(EventListParams.builder().addType("refund.created")).getData()).isEmpty();
        assertThat(list(EventListParams.builder().setType("payment_intent.*")).getData()).hasSize(2);
        assertThat(list(EventListParams.builder().addType("payment_intent.succeeded")
                .setStartingAfter(newest.getId())).getData()).as("after one that does not match").hasSize(1);
        assertThat(list(created(newest.getCreated() - 60)).getData()).hasSize(2);
        assertThat(list(created(newest.getCreated() + 60)).getData()).isEmpty();
        assertThat(rig.stripe.v1().events().retrieve(newest.getId()).getType()).isEqualTo(newest.getType());
    }

    @Test
    void shouldPageThroughAllByItself() throws StripeException {
        List<String> paid = pay(7);
        List<String> seen = new ArrayList<>();

        list(EventListParams.builder().setLimit(3L)).autoPagingIterable().forEach(event -> seen.add(event.getId()));

        assertThat(seen).hasSize(paid.size()).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseWhatItCannotList() {
        for (EventListParams.Builder wrong : List.of(EventListParams.builder().setLimit(101L),
                EventListParams.builder().setLimit(0L), EventListParams.builder().setStartingAfter("evt_none"),
                EventListParams.builder().setEndingBefore("evt_none"))) {
            assertThatThrownBy(() -> list(wrong)).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> rig.stripe.v1().events().retrieve("evt_none"))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("No such event");
    }

    private List<String> pay(int times) throws StripeException {
        List<String> paid = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            paid.add(rig.pay("pm_card_visa").getId());
        }
        return paid;
    }

    private StripeCollection<Event> list(EventListParams.Builder params) throws StripeException {
        return rig.stripe.v1().events().list(params.build());
    }

    private static EventListParams.Builder created(long since) {
        return EventListParams.builder().setCreated(EventListParams.Created.builder().setGte(since).build());
    }

    private static String last(StripeCollection<Event> page) {
        return page.getData().getLast().getId();
    }

    private static List<String> intents(StripeCollection<Event> page) {
        return page.getData().stream()
                .map(event -> ((com.stripe.model.PaymentIntent) event.getDataObjectDeserializer().getObject()
                        .orElseThrow()).getId())
                .toList();
    }
}
