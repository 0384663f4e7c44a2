package dev.purser.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Values that have broken other services, and what a schema has to say about them. */
final class Hostile {

    /** What must never stand at the beginning of a line of the log. */
    static final String FORGED = "2026-11-21 ERROR forged";

    /** JSON values, and what only looks like one. */
    static final List<String> JSON = json();

    /** Texts in a URL, as they stand there. */
    static final List<String> IN_URL = List.of("", ".", "..", "...", "%2e%2e", "%2E%2E%2Fadmin", "..%2f..", "%2F",
            "%2f",
            "a%2Fb", "%5C", "%00", "a%00b", "%0a" + FORGED.replace(' ', '+'), "%0d%0aInjected:%20yes",
            "%0D%0A%0D%0AHTTP/1.1%20200", "%09", "%20", "%7f", "%", "%2", "%zz", "%u0041", "%252e", "%25", "%FF",
            "%C0%80", "%C0%AF", "%ED%A0%80", "%F0%9F%98%80", "%F4%90%80%80", "%E2%80%AE", "%EF%BB%BF", "%C3%A9",
            Bytes.raw(0xFF), Bytes.raw(0xC3, 0xA9), Bytes.raw(0x80), Bytes.raw(0x01), "\u00e9", "*", "~", "|", "+", "@",
            ";a=b", "a;jsessionid=1", "a:b", "a,b", "$", "${jndi:ldap://127.0.0.1/x}", "{{7*7}}", "<script>", "\"", "'",
            "'%20or%20'1'='1", "\\", "`", "^", "[", "]", "{", "}", "null", "undefined", "true", "NaN", "0", "-0", "-1",
            "1", "200", "201", "50", "1.5", "1.0", "1e2", "+5", "05", "0x10", "5%00", "5%20", "%35", "%EF%BC%95",
            "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9".repeat(100),
            "2026-11-21T00:00:00Z", "2026-11-21", "2026-11-21T00:00:00+00:00", "2026-11-21T00:00:00%2B01:00",
            "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-18:00", "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "spend", "SPEND", "refund", "a".repeat(128),
            "a".repeat(129), "a".repeat(600), "%41".repeat(200), "a".repeat(9_000), Bytes.base64("debts"),
            Bytes.base64("A".repeat(20) + "0"), "_".repeat(27), "%F0".repeat(50));

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");

    private Hostile() {
    }

    private static List<String> json() {
        List<String> values = new ArrayList<>(List.of("null", "true", "false", "0", "-0", "1", "-1", "1.5", "1.0",
                "1.0e2",
                "1e3", "1E400", "1e-400", "-1e99999", "0.1", "2147483647", "2147483648", "4294967296", "604800",
                "604801",
                "9223372036854775807", "9223372036854775808", "-9223372036854775807", "-9223372036854775808",
                "-9223372036854775809", "18446744073709551616", "9007199254740993", "1".repeat(100), "1".repeat(3_000),
                "1." + "0".repeat(3_000), "01", "+1", "0x10", "1_000", "NaN", "Infinity", "-Infinity", ".5", "1.",
                "--1",
                "-", "'1'", "undefined", "", "[]", "{}", "[[]]", "[1]", "{\"a\":1}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
                "{\"a\":1,\"a\":2}", "[".repeat(60) + "]".repeat(60), "[".repeat(20_000), "{\"a\":".repeat(5_000),
                "[" + "1e399,".repeat(600) + "1]", "{\"n\":[" + "1e399,".repeat(600) + "1]}", "{\"n\":1e300}",
                "{\"n\":1e-300}", "{\"n\":-0.0}", "{\"\\u0000\":1}", "{\"\\ud800\":\"\\udc00\"}",
                "{\"" + "k".repeat(300) + "\":1}", "{\"__proto__\":{\"a\":1},\"constructor\":null}"));
        for (String text : List.of("", " ", "10", "1e3", "9223372036854775807", "true", "null", "a\\u0000b", "\\u0007",
                "\\u001b[31m" + FORGED, "\\u0085" + FORGED, "\\u2028" + FORGED, "\\u2029", "x\\n" + FORGED,
                "x\\r\\n" + FORGED, "x\n" + FORGED, "x\r" + FORGED, "\\r\\nInjected: yes", "\\ud800", "\\udc00\\ud800",
                "\\ud83d\\ude00", "\ud83d\ude00".repeat(300), "\\u202e\\u2066evil", "\u0301".repeat(499), "\\ufeff",
                "\\ufffe\\uffff", "\\x41", "\\u00", "\\", "\t", "${jndi:ldap://127.0.0.1/x}", "{} %s %n %x {}",
                "'; drop table wallets; --", "\\\"},{\\\"", "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
                "../../etc/passwd", "SPEND", "Promo", "promo ", "PROM\u0130", "2026-02-30T00:00:00Z",
                "2020-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00", "9999-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "2099-01-01T00:00",
                "2099-01-01t00:00:00z", "2099-01-01T00:00:00+14:59", "hold_0", "a".repeat(128), "a".repeat(129),
                "x".repeat(500), "x".repeat(501), "x".repeat(10_000), "x".repeat(60_000), Bytes.raw(0xFF),
                Bytes.raw(0xC0, 0x80), Bytes.raw(0xED, 0xA0, 0x80), Bytes.raw(0xC3), Bytes.raw(0xF4, 0x90, 0x80, 0x80),
                Bytes.raw(0x00), Bytes.raw(0x7F), Bytes.raw(0xF8, 0x88, 0x80, 0x80, 0x80))) {
            values.add("\"" + text + "\"");
        }
        return values;
    }

    /** Whether no reading of the schema allows the value; what is not wrong may still not be right. */
    static boolean isWrong(JsonObject schema, String json) {
        List<String> types = schema.getValue("type") instanceof JsonArray several
                ? several.stream().map(String::valueOf).toList()
                : List.of(schema.getString("type"));
        return types.stream().allMatch(type -> switch (type) {
            case "integer" -> !isInteger(schema, json);
            case "boolean" -> !json.equals("true") && !json.equals("false");
            case "string" -> !json.startsWith("\"");
            case "object" -> !json.startsWith("{");
            case "array" -> !json.startsWith("[");
            case "null" -> !json.equals("null");
            default -> throw new IllegalStateException("Expected a type that is known here, but " + type);
        });
    }

    static boolean isInteger(JsonObject schema, String json) {
        if (!WHOLE.matcher(json).matches() || json.length() > 20) {
            return false;
        }
        try {
            long value = Long.parseLong(json);
            return value >= schema.getLong("minimum", Long.MIN_VALUE)
                    && value <= schema.getLong("maximum", Long.MAX_VALUE) && !(schema.containsKey("not") && value == 0);
        } catch (NumberFormatException beyond64Bits) {
            return false;
        }
    }
}
