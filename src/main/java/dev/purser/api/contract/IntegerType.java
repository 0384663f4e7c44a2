package dev.purser.api.contract;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;

/** A whole number of 64 bits, written as one: no fraction, no exponent, no quotes. */
record IntegerType(long minimum, long maximum, boolean nonZero) implements Type {

    @Override
    public String expected() {
        String range = maximum == Long.MAX_VALUE
                ? minimum == Long.MIN_VALUE
                        ? "a whole number of at most 64 bits"
                        : "a whole number of at least " + minimum
                : "a whole number from " + minimum + " to " + maximum;
        return nonZero ? range + " that is not 0" : range;
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return in.mismatch(this);
        }
        if (in.parser().getNumberType() == NumberType.BIG_INTEGER) {
            return in.mismatch(this, in.shownText() + " does not fit into 64 bits");
        }
        long value = in.parser().getLongValue();
        return accepts(value) ? (Object) value : in.mismatch(this, "it is " + value);
    }

    @Override
    public @Nullable Object parse(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits < 1 || digits > 19 || !onlyDigits(text, text.length() - digits)) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            return accepts(value) ? (Object) value : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private boolean accepts(long value) {
        return value >= minimum && value <= maximum && !(nonZero && value == 0);
    }

    private static boolean onlyDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
