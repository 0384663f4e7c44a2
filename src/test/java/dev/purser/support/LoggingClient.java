package dev.purser.support;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;

import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.ClientLog.Look;
import dev.purser.support.NodeClient.Reply;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** A client that writes down all that it asks and hears. */
public final class LoggingClient {

    private final NodeClient node;
    private final ClientLog log;

    public LoggingClient(NodeClient node, ClientLog log) {
        this.node = node;
        this.log = log;
    }

    /** Asks once. */
    public Heard send(Intent intent) throws InterruptedException {
        long sentAt = System.nanoTime();
        Heard heard;
        try {
            heard = heard(node.post(intent.path(), intent.body(), intent.key()));
        } catch (ConnectException | HttpConnectTimeoutException notThere) {
            heard = new Heard.Refused(true, "not connected");
        } catch (IOException | DecodeException noAnswer) {
            heard = new Heard.Unknown(noAnswer.toString());
        }
        log.add(new Call(intent, sentAt, System.nanoTime(), heard));
        return heard;
    }

    /** Asks for the balance; no answer is no look. */
    public void look(String wallet) throws InterruptedException {
        long sentAt = System.nanoTime();
        Reply reply;
        try {
            reply = node.get("/wallets/" + wallet + "/balance");
        } catch (IOException noAnswer) {
            return;
        }
        if (reply.status() == 200) {
            long seenAt = System.nanoTime();
            JsonObject balance = reply.json();
            log.add(new Look(wallet, sentAt, seenAt, balance.getLong("version"), balance.getLong("balance")));
        }
    }

    private static Heard heard(Reply reply) {
        JsonObject body = reply.json();
        if (reply.status() == 200 || reply.status() == 201) {
            return new Heard.Acknowledged(seq(body), body.getLong("version"), body.getLong("balance"),
                    reply.header("Idempotency-Replayed").equals("true"), reply.text());
        }
        String why = reply.status() + " " + body.getString("code") + " " + body.getString("reason", "");
        String outcome = body.getString("outcome", reply.status() < 500 ? "not_applied" : "unknown");
        return outcome.equals("not_applied")
                ? new Heard.Refused(body.getBoolean("retryable", false), why)
                : new Heard.Unknown(why);
    }

    /** The number of the entry that the reply shows; the reply about a hold shows none. */
    private static long seq(JsonObject body) {
        if (body.containsKey("entries")) {
            return body.getJsonArray("entries").getJsonObject(0).getLong("seq");
        }
        return body.containsKey("entry") ? body.getJsonObject("entry").getLong("seq") : body.getLong("version");
    }
}
