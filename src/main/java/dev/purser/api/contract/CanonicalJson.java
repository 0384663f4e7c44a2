package dev.purser.api.contract;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Reads free JSON into text that does not depend on the order of fields or on spaces. */
final class CanonicalJson {

    /** What lies beyond, the database's numbers cannot take either. */
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_DIGITS = 400;

    private final JsonParser parser;
    private final int maxDepth;
    private @Nullable String fault;
    private int growth;

    CanonicalJson(JsonParser parser, int maxDepth) {
        this.parser = parser;
        this.maxDepth = maxDepth;
    }

    /** Reads the value on which the parser stands, to its last token. */
    String read() throws IOException {
        StringBuilder text = new StringBuilder();
        value(text, 0);
        return text.toString();
    }

    /** What was wrong with it, if anything; then the text means nothing. */
    @Nullable
    String fault() {
        return fault;
    }

    /** How much longer it gets when the database writes its numbers out: 1e9 becomes 1000000000. */
    int growth() {
        return growth;
    }

    private void value(StringBuilder to, int depth) throws IOException {
        if (depth >= maxDepth && parser.currentToken().isStructStart()) {
            fault = "it has more levels";
            parser.skipChildren();
            return;
        }
        switch (parser.currentToken()) {
            case START_OBJECT -> object(to, depth);
            case START_ARRAY -> array(to, depth);
            case VALUE_STRING -> string(to, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(to, parser.getText());
            case VALUE_TRUE -> to.append("true");
            case VALUE_FALSE -> to.append("false");
            case VALUE_NULL -> to.append("null");
            case VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
                throw new IllegalStateException("Expected a value, but " + parser.currentToken());
        }
    }

    private void object(StringBuilder to, int depth) throws IOException {
        Map<String, String> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            StringBuilder value = new StringBuilder();
            value(value, depth + 1);
            if (members.put(name, value.toString()) != null) {
                fault = "it has the field " + Violation.shown(name) + " twice";
            }
        }
        to.append('{');
        String separator = "";
        for (Map.Entry<String, String> member : members.entrySet()) {
            to.append(separator);
            string(to, member.getKey());
            to.append(':').append(member.getValue());
            separator = ",";
        }
        to.append('}');
    }

    private void array(StringBuilder to, int depth) throws IOException {
        to.append('[');
        String separator = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            to.append(separator);
            value(to, depth + 1);
            separator = ",";
        }
        to.append(']');
    }

    private void string(StringBuilder to, String text) {
        String wrong = CharacterFaults.of(text, true);
        if (wrong != null) {
            fault = wrong;
        }
        to.append('"').append(JsonStringEncoder.getInstance().quoteAsString(text)).append('"');
    }

    private void number(StringBuilder to, String text) {
        int digits = digits(text);
        if (text.length() > LONGEST_NUMBER || digits > MOST_DIGITS) {
            fault = "it has a number with too many digits";
        } else {
            growth += Math.max(0, digits - text.length());
        }
        to.append(text);
    }

    /** How many there are without an exponent. */
    private static int digits(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            long digits = (long) value.precision() + Math.abs((long) value.scale());
            return (int) Math.min(digits, Integer.MAX_VALUE);
        } catch (NumberFormatException beyondBigDecimal) {
            return Integer.MAX_VALUE;
        }
    }
}
