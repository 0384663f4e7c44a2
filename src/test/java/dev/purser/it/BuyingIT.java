package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.LawChecker;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeClient.Reply;
import dev.purser.support.NodeProcess;
import io.vertx.core.json.JsonObject;

/** Development mode, where packs are bought without Stripe, as the README does. */
@Timeout(60)
class BuyingIT {

    @Test
    void shouldSellAPackInDevelopmentMode() throws Exception {
        try (NodeProcess node = NodeProcess.inDevelopment("buying").start().awaitReady()) {
            NodeClient alice = node.as(DemoUser.ALICE);
            JsonObject visa = new JsonObject().put("pack_id", "generous").put("payment_method_id", "pm_card_visa");

            Reply bought = alice.post("/tokens/purchase", visa, "buy-1");
            Reply again = alice.post("/tokens/purchase", visa, "buy-1");

            assertThat(bought.status()).as(bought.text()).isEqualTo(201);
            assertThat(bought.header("Idempotency-Replayed")).isEmpty();
            assertThat(again.text()).isEqualTo(bought.text());
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            String id = bought.json().getJsonObject("purchase").getString("id");
            await("the tokens").atMost(20, TimeUnit.SECONDS).until(() -> alice.get("/tokens/purchases/" + id).json()
                    .getJsonObject("purchase").getString("status").equals("credited"));
            assertThat(alice.get("/tokens/balance").json().getLong("balance")).isEqualTo(1_000 + 5_250);
            Reply declined = alice.post("/tokens/purchase",
                    visa.copy().put("payment_method_id", "pm_card_chargeDeclined"));
            assertThat(declined.json().getBoolean("success")).isFalse();
            assertThat(alice.get("/tokens/purchases").json().getJsonArray("purchases")).hasSize(2);
            LawChecker.check(node.sandbox().tables());
            assertThat(node.terminate()).isZero();
        }
    }
}
