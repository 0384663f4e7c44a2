package dev.purser.wallet;

import java.util.Set;

/** On whose word a command is given. */
public sealed interface Authority {

    /** Who is written in the audit trail. */
    String subject();

    /** Someone with a verified token. */
    record Caller(String subject, Set<Scope> scopes) implements Authority {
    }

    /** The service itself, when time or a verified fact asks for something. */
    record House() implements Authority {
        @Override
        public String subject() {
            return "purser";
        }
    }

    default boolean owns(String walletId) {
        return this instanceof Caller caller && caller.subject().equals(walletId);
    }

    /** Whether it may act on wallets whoever owns them. */
    default boolean mayCharge() {
        return switch (this) {
            case House _ -> true;
            case Caller(_, var scopes) -> Scope.CHARGE.isGrantedBy(scopes);
        };
    }

    /** Whether this authority may give {@code command} to {@code walletId}. */
    default boolean allows(Command command, String walletId) {
        return switch (this) {
            case House _ -> true;
            case Caller(var subject, var scopes) -> switch (command.permission()) {
                case Permission.OwnerOr(var scope) -> subject.equals(walletId) || scope.isGrantedBy(scopes);
                case Permission.Only(var scope) -> scope.isGrantedBy(scopes);
                case Permission.Party() -> true;
                case Permission.Nobody() -> false;
            };
        };
    }
}
