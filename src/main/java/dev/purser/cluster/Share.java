package dev.purser.cluster;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;

/**
 * Whether this node has a share of the partitions. It joins without one (as a lite member), since Hazelcast would give it
 * wallets at once, which nobody could serve before it has started; and it gives its share away before it leaves.
 *
 * <p>Only if nobody else has one it takes its share as soon as it is there: somebody has to keep the event bus's addresses.
 */
final class Share implements LifecycleListener, MembershipListener, HazelcastInstanceAware {

    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    private volatile @Nullable HazelcastInstance hazelcast;
    private volatile boolean isWanted;
    private boolean isGivenAway;

    /** To be called before the node is started that is to have it. */
    Config joining(Config config) {
        config.setLiteMember(true);
        config.addListenerConfig(new ListenerConfig(this));
        return config;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.STARTED) {
            takeIfNobodyElseHasOne();
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        // It is none the less a newcomer.
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        takeIfNobodyElseHasOne();
    }

    private void takeIfNobodyElseHasOne() {
        HazelcastInstance instance = hazelcast;
        if (instance != null
                && instance.getCluster().getMembers().stream().allMatch(Member::isLiteMember)) {
            var _ = promote(instance.getCluster());
        }
    }

    /** From now on this node is to have its share, see {@link #keep}. */
    void want() {
        isWanted = true;
    }

    /** Takes the share if it is wanted and not there; to be called again and again. Answers whether it is there. */
    boolean keep() {
        HazelcastInstance instance = hazelcast;
        return isWanted && instance != null && promote(instance.getCluster());
    }

    private synchronized boolean promote(Cluster cluster) {
        try {
            if (!isGivenAway && cluster.getLocalMember().isLiteMember()) {
                cluster.promoteLocalLiteMember();
            }
            return !isGivenAway;
        } catch (RuntimeException notNow) {
            LOG.info("Could not take its share of the wallets just now, trying again: {}", notNow.toString());
            return false;
        }
    }

    /** Gives its share to those others that have one, for good; answers whether there are any. */
    synchronized boolean giveAway() {
        isGivenAway = true;
        HazelcastInstance instance = hazelcast;
        if (instance == null || instance.getCluster().getLocalMember().isLiteMember()) {
            return false;
        }
        boolean others = instance.getCluster().getMembers().stream()
                .anyMatch(member -> !member.localMember() && !member.isLiteMember());
        if (others) {
            instance.getCluster().demoteLocalDataMember();
        }
        return others;
    }
}
