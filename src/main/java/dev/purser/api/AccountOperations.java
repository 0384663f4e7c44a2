package dev.purser.api;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import dev.purser.journal.Accounts;
import dev.purser.journal.Accounts.Account;
import io.vertx.core.Future;

/** What is known of owners. */
final class AccountOperations {

    private final Accounts accounts;

    AccountOperations(Accounts accounts) {
        this.accounts = accounts;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("getAccount", this::get);
        handlers.put("putAccount", this::put);
    }

    private Future<Answer> get(Call call) {
        String id = call.parameters().text("account_id");
        return Tables.answer(accounts.find(id), found -> found.map(AccountOperations::answer)
                .orElse(Problem.of(ProblemCode.ACCOUNT_NOT_FOUND, "Expected an account, but there is none for " + id)));
    }

    private Future<Answer> put(Call call) {
        Fields body = call.body();
        @Nullable
        Boolean isCreator = body.has("is_creator") ? body.flag("is_creator") : null;
        Accounts.Change change = new Accounts.Change(isCreator, body.has("plan"), body.optionalText("plan"));
        return Tables.answer(accounts.put(call.parameters().text("account_id"), change), AccountOperations::answer)
                .map(answer -> answer instanceof Problem problem ? problem.with(Problem.Effect.UNKNOWN) : answer);
    }

    private static Answer answer(Account account) {
        return Answer.Json.ok(out -> {
            out.put("account_id", account.id());
            out.put("is_creator", account.isCreator());
            out.put("plan", account.plan());
        });
    }
}
