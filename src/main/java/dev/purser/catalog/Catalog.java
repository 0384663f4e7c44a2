package dev.purser.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The price list.
 *
 * @param largestPurchase the most tokens that one purchase may bring
 * @param packs in the order in which they are shown, and those that are not any more
 */
public record Catalog(long largestPurchase, List<Pack> packs) {

    public Catalog {
        packs = List.copyOf(packs);
    }

    /** The packs that can be bought. */
    public List<Pack> onSale() {
        return packs.stream().filter(pack -> !pack.retired()).toList();
    }

    /** The pack with this id, retired or not. */
    public Optional<Pack> pack(String id) {
        return packs.stream().filter(pack -> pack.id().equals(id)).findAny();
    }

    /** The pack on sale that has so many tokens, what comes on top not counted. */
    public Optional<Pack> packOf(long tokens) {
        return onSale().stream().filter(pack -> pack.tokens() == tokens).findAny();
    }
}
