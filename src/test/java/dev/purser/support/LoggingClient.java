package dev.purser.support;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Collections;
import java.util.List;

import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.ClientLog.Look;
import dev.purser.support.NodeClient.Reply;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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

    /** Asks for all of these with one request. */
    public List<Heard> send(List<Intent> intents) throws InterruptedException {
        long sentAt = System.nanoTime();
        List<Heard> heard;
        try {
            heard = heard(intents.size(), node.post("/batch", new JsonObject()
                    .put("operations", new JsonArray(intents.stream().map(Intent::operation).toList()))));
        } catch (ConnectException | HttpConnectTimeoutException notThere) {
            heard = Collections.nCopies(intents.size(), new Heard.Refused(true, "not connected"));
        } catch (IOException | DecodeException noAnswer) {
            heard = Collections.nCopies(intents.size(), new Heard.Unknown(noAnswer.toString()));
        }
        long heardAt = System.nanoTime();
        for (int i = 0; i < intents.size(); i++) {
            log.add(new Call(intents.get(i), sentAt, heardAt, heard.get(i)));
        }
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
        return heard(reply.status(), reply.json(), reply.text(),
                reply.header("Idempotency-Replayed").equals("true"));
    }

    /** What each of so many operations was answered; if the batch as a whole was refused, that. */
    private static List<Heard> heard(int count, Reply reply) {
        if (reply.status() != 200) {
            return Collections.nCopies(count, heard(reply));
        }
        return reply.json().getJsonArray("results").stream().map(JsonObject.class::cast).map(result -> {
            JsonObject body = result.getJsonObject("body", result.getJsonObject("problem"));
            return heard(result.getInteger("status"), body, body.encode(), result.getBoolean("replayed", false));
        }).toList();
    }

    private static Heard heard(int status, JsonObject body, String text, boolean replayed) {
        if (status == 200 || status == 201) {
            return new Heard.Acknowledged(seq(body), body.getLong("version"), body.getLong("balance"), replayed, text);
        }
        String why = status + " " + body.getString("code") + " " + body.getString("reason", "");
        String outcome = body.getString("outcome", status < 500 ? "not_applied" : "unknown");
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
