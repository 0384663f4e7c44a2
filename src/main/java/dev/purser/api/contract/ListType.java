package dev.purser.api.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** An array of bounded length. */
record ListType(Type items, int minItems, int maxItems) implements Type {

    @Override
    public String expected() {
        return "an array of " + minItems + " to " + maxItems + " elements";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_ARRAY) {
            return in.mismatch(this);
        }
        List<@Nullable Object> list = new ArrayList<>();
        int count = 0;
        while (in.parser().nextToken() != JsonToken.END_ARRAY) {
            if (++count <= maxItems) {
                list.add(items.read(in));
            } else {
                in.skipValue();
            }
        }
        return count >= minItems && count <= maxItems ? list : in.mismatch(this, "it has " + count);
    }
}
