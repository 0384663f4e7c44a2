package dev.purser.bench.rivals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;

/**
 * A Lua script that checks, debits and appends to a list. Each connection has many requests under way, so that Redis too
 * syncs many of them at once.
 */
final class RedisScript extends Rival {

    private static final int MOST_UNDER_WAY = 10_000;

    private static final String SPEND = """
            local wallet = redis.call('HMGET', KEYS[1], 'balance', 'held', 'status')
            local amount = tonumber(ARGV[1])
            if wallet[3] ~= 'active' or tonumber(wallet[1]) - tonumber(wallet[2]) < amount then
                return {}
            end
            local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
            local balance = redis.call('HINCRBY', KEYS[1], 'balance', -amount)
            redis.call('HINCRBY', KEYS[1], 'spent', amount)
            redis.call('RPUSH', KEYS[2], version .. '|spend|' .. -amount .. '|' .. balance .. '|' .. ARGV[2] .. '|' .. ARGV[3])
            return {version, balance}""";

    private final List<RedisConnection> connections = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final String script;

    private RedisScript(List<RedisConnection> connections, String script) {
        this.connections.addAll(connections);
        this.script = script;
    }

    static Future<Wallets> connect(Vertx vertx, String url, int number) {
        Redis redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(url).setMaxPoolSize(number)
                .setMaxWaitingHandlers(MOST_UNDER_WAY));
        List<Future<RedisConnection>> opened = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            opened.add(redis.connect());
        }
        return Future.all(opened).compose(all -> {
            List<RedisConnection> connections = all.list();
            return connections.getFirst().send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(SPEND))
                    .map(loaded -> new RedisScript(connections, String.valueOf(loaded)));
        });
    }

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        return ask(Request.cmd(Command.EVALSHA).arg(script).arg(2).arg("wallet:" + operation.walletId())
                .arg("ledger:" + operation.walletId()).arg(amount).arg(operation.id()).arg(now.toString()))
                .map(reply -> reply.isEmpty()
                        ? Receipts.tooLittle(amount, 0)
                        : Receipts.spent(amount, reply.get(0), reply.get(1), now));
    }

    @Override
    Future<Outcome> look(String walletId) {
        return ask(Request.cmd(Command.HMGET).arg("wallet:" + walletId).arg("version").arg("balance"))
                .map(reply -> Receipts.seen(walletId, reply.get(0), reply.get(1)));
    }

    private Future<List<Long>> ask(Request request) {
        RedisConnection next = connections.get(Math.floorMod(turn.getAndIncrement(), connections.size()));
        return next.send(request).map(reply -> reply == null
                ? List.of()
                : reply.stream().map(number -> Long.valueOf(number.toString())).toList());
    }
}
