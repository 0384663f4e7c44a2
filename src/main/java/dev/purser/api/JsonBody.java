package dev.purser.api;

import java.io.IOException;

/** Something that can be written as a JSON object. */
interface JsonBody {

    /** Writes the object's members; what is around them is already there. */
    void write(JsonOut out) throws IOException;
}
