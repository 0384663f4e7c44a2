package dev.purser.lane;

/** What a lane tells whoever measures it. Called on the lane's thread; must neither block nor throw. */
public interface LaneMeter {

    /** Measures nothing. */
    LaneMeter NONE = new LaneMeter() {
        @Override
        public void batchCommitted(int operations, long nanos) {
        }

        @Override
        public void activated(int wallets) {
        }

        @Override
        public void keyReplayed() {
        }

        @Override
        public void fenceHit() {
        }

        @Override
        public void unknownOutcome() {
        }

        @Override
        public void rejected(Outcome.Reason reason) {
        }
    };

    /** A batch of so many operations is durable, so long after it was handed to the journal. */
    void batchCommitted(int operations, long nanos);

    /** So many wallets were read into memory. */
    void activated(int wallets);

    /** An operation was answered with the stored reply of an earlier one with its key. */
    void keyReplayed();

    /** A wallet of a batch was not written, since another owner had written it meanwhile. */
    void fenceHit();

    /** A commit gave no answer, so that what became of it has to be found out. */
    void unknownOutcome();

    /** An operation was not answered, for no fault of the caller's. */
    void rejected(Outcome.Reason reason);
}
