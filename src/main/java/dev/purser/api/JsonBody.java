package dev.purser.api;

/** Something that can be written as a JSON object. */
interface JsonBody {

    /** Writes the object's members; what is around them is already there. */
    void write(JsonOut out);
}
