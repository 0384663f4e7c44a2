package dev.purser.payments;

/** Is told of every purchase that is begun, or is not, and how it ends. */
public interface PurchaseMeter {

    PurchaseMeter NONE = _ -> {
    };

    /** {@code outcome} is one of the few texts that {@link PurchaseOutcome} has. */
    void purchase(String outcome);
}
