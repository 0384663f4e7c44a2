package dev.purser.api.contract;

/**
 * One thing in a request that is not as the contract has it.
 *
 * @param where a JSON pointer into the body, or {@code path/<name>}, {@code query/<name>}, {@code header/<name>}
 * @param expected what should be there, and {@code found} what is
 */
public record Violation(String where, String expected, String found) {

    private static final int SHOWN = 40;

    /** The violation as a sentence. */
    public String detail() {
        String place = where.isEmpty() ? "" : " at " + where;
        return "Expected " + expected + place + ", but " + found;
    }

    /** A client's text, cut and made harmless to be shown back to it. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(text.length(), SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.append(end < text.length() ? "...\"" : "\"").toString();
    }
}
