package dev.purser.sandbox;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.NumberFormat;
import java.util.Base64;
import java.util.Currency;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What a buyer sees. */
final class StandInHtml {

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1a1f36; --paper: #f4f5f9; --card: #fff; --line: #8a90a6;
              --quiet: #4f566b; --accent: #4338ca; --wrong: #b3093c }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e8eaf2; --paper: #14161d; --card: #1e212b; --line: #6b7288; --quiet: #aab1c6;
                --accent: #a5b4fc; --wrong: #ff9db4 }
            }
            * { box-sizing: border-box }
            body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink);
              font: 1rem/1.5 system-ui, sans-serif }
            main { max-width: 28rem; margin: 1rem auto; padding: 1.5rem; background: var(--card);
              border: 1px solid var(--line); border-radius: 1rem }
            h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2 }
            table { width: 100%; margin-bottom: 1rem; border-collapse: collapse }
            th { padding: .25rem 0; text-align: left; font-weight: 400; overflow-wrap: anywhere }
            td { padding: .25rem 0 .25rem 1rem; text-align: right; vertical-align: top; white-space: nowrap }
            fieldset { margin: 0; padding: 0; border: 0 }
            legend { padding: 0; font-weight: 600 }
            button { display: block; width: 100%; min-height: 3rem; margin: .5rem 0 0; padding: .5rem 1rem;
              border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; font: inherit;
              text-align: left; cursor: pointer }
            button:hover { border-color: var(--accent) }
            button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
            button small, .test { display: block; color: var(--quiet); font-size: .875rem }
            .test { margin: 0 0 1rem }
            .away { margin-top: 1.5rem; border-color: transparent; text-align: center; text-decoration: underline }
            [role=alert] { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--wrong);
              border-radius: .5rem; color: var(--wrong) }
            """;

    /** By which a page may have just this style. */
    static final String STYLE_HASH = "sha256-" + Base64.getEncoder().encodeToString(sha256(STYLE));

    private StandInHtml() {
    }

    /** @param problem why the last try failed */
    static String pay(String id, StandInBasket basket, @Nullable String problem, boolean cancellable) {
        String price = basket.price();
        return page("Pay " + price, """
                <table aria-label="What you buy"><tbody>
                %s</tbody></table>
                %s<form method="post" action="/pay/%s">
                <fieldset><legend>Pay with</legend>
                %s%s%s%s%s%s</fieldset>
                %s</form>
                """.formatted(lines(basket),
                problem == null ? "" : "<p role=\"alert\">" + escape(problem) + "</p>\n", id,
                button("pm_card_visa", "A good card", "Pays at once"),
                button("pm_card_chargeDeclined", "A card that is declined", "Nothing is paid, and you can try again"),
                button("pm_card_threeDSecure2Required", "A card whose bank asks", "3-D Secure: was it you?"),
                button("pm_card_createDispute", "A card of somebody who complains",
                        "Pays, and has the bank take it back"),
                button("pm_usBankAccount_success", "A bank account", "Pays a moment later"),
                button("pm_usBankAccount_insufficientFunds", "An empty bank account", "Fails a moment later"),
                cancellable
                        ? "<button class=\"away\" name=\"method\" value=\"cancel\">Cancel and go back</button>\n"
                        : ""));
    }

    /** @param page its own path, where the answer goes */
    static String bank(String page, String price) {
        return page("Was it you?", """
                <p>Your bank asks, before it pays %s.</p>
                <form method="post" action="%s">
                <button name="answer" value="yes">Yes, it was me</button>
                <button name="answer" value="no">No, it was not</button>
                </form>
                """.formatted(escape(price), escape(page)));
    }

    static String notice(String title, String text) {
        return page(title, "<p>" + escape(text) + "</p>\n");
    }

    private static String page(String title, String content) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>%2$s</style>
                </head>
                <body>
                <main>
                <p class="test">This stands in for Stripe. No money moves.</p>
                <h1>%1$s</h1>
                %3$s</main>
                </body>
                </html>
                """.formatted(escape(title), STYLE, content);
    }

    private static String lines(StandInBasket basket) {
        return basket.items().stream().map(item -> "<tr><th scope=\"row\">" + escape(item.name())
                + (item.quantity() == 1 ? "" : " × " + item.quantity()) + "</th><td>"
                + escape(money(item.amount(), basket.currency())) + "</td></tr>\n").collect(Collectors.joining());
    }

    private static String button(String method, String label, String hint) {
        return "<button name=\"method\" value=\"%s\">%s <small>%s</small></button>\n".formatted(method, label, hint);
    }

    /** In the smallest unit of the currency, such as cents. */
    static String money(long minorUnits, String code) {
        Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(currency);
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        format.setMinimumFractionDigits(digits);
        return format.format(BigDecimal.valueOf(minorUnits, digits));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
