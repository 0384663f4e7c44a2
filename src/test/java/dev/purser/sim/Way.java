package dev.purser.sim;

/** A connection's way to the store. It may be slow for a while, or hold back whatever is sent and deliver it afterwards. */
final class Way {

    private final World world;
    private final double slow;
    private long slowUntil;
    private long heldUntil;

    /** @param slow how often something takes long for no reason */
    Way(World world, double slow) {
        this.world = world;
        this.slow = slow;
    }

    void slow(long nanos) {
        slowUntil = world.now() + nanos;
    }

    void hold(long nanos) {
        heldUntil = world.now() + nanos;
    }

    /** In how many nanoseconds something that is sent now will be there: what is sent later may be there before. */
    long travel() {
        boolean takesLong = world.chance(world.now() < slowUntil ? 0.5 : slow);
        return Math.max(0, heldUntil - world.now())
                + world.between(50 * World.MICRO, takesLong ? SimDatabase.DEADLINE : World.MILLI);
    }
}
