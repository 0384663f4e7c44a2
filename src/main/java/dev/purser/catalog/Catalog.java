package dev.purser.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The price list.
 *
 * @param largestPurchase the most tokens that one purchase may bring
 * @param packs in the order in which they are shown
 */
public record Catalog(long largestPurchase, List<Pack> packs) {

    public Catalog {
        packs = List.copyOf(packs);
    }

    public Optional<Pack> pack(String id) {
        return packs.stream().filter(pack -> pack.id().equals(id)).findAny();
    }

    /** The pack of so many tokens, what comes on top not counted. */
    public Optional<Pack> packOf(long tokens) {
        return packs.stream().filter(pack -> pack.tokens() == tokens).findAny();
    }
}
