package dev.purser.sandbox;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a checkout sells, as a form asks for it.
 *
 * @param total in minor units of the currency
 */
record StandInBasket(List<Item> items, String currency, long total) {

    private static final int MOST_ITEMS = 100;
    private static final long LARGEST_TOTAL = 99_999_999;

    /** One line of it. */
    record Item(String name, long quantity, long unitAmount) {

        long amount() {
            return Math.multiplyExact(quantity, unitAmount);
        }
    }

    /** Empty if there is none, or if it makes no sense. */
    static Optional<StandInBasket> of(StandInForm form) {
        List<Item> items = new ArrayList<>();
        String currency = "";
        long total = 0;
        for (int i = 0; form.has("line_items[" + i + "]"); i++) {
            String line = "line_items[" + i + "]";
            String price = line + "[price_data]";
            String name = form.text(price + "[product_data][name]");
            OptionalLong unitAmount = form.whole(price + "[unit_amount]");
            OptionalLong quantity = form.whole(line + "[quantity]");
            String itsCurrency = form.text(price + "[currency]", "");
            if (name == null || unitAmount.isEmpty() || unitAmount.getAsLong() > LARGEST_TOTAL || quantity.isEmpty()
                    || quantity.getAsLong() < 1 || quantity.getAsLong() > LARGEST_TOTAL || i >= MOST_ITEMS
                    || !isCurrency(itsCurrency) || (i > 0 && !itsCurrency.equals(currency))) {
                return Optional.empty();
            }
            Item item = new Item(name, quantity.getAsLong(), unitAmount.getAsLong());
            items.add(item);
            currency = itsCurrency;
            total += item.amount();
        }
        return total < 1 || total > LARGEST_TOTAL
                ? Optional.empty()
                : Optional.of(new StandInBasket(List.copyOf(items), currency, total));
    }

    /** All of it, as a buyer reads it. */
    String price() {
        return StandInHtml.money(total, currency);
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().toLowerCase(Locale.ROOT).equals(code));
    }
}
